namespace DrmActors.Cli.Serve;

internal static class ShellText
{
    /// <summary>As one word that a shell takes as it is.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>How this program is started.</summary>
    public static string Self()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? $"{Quote(process)} {Quote(Path.Combine(AppContext.BaseDirectory, "drm.dll"))}"
            : Quote(process);
    }
}
