using System.Diagnostics;

namespace DrmActors.Cli.Tests;

/// <summary>Real programs, run as a user runs them.</summary>
internal static class Commands
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "DrmActors.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
            return folder.FullName;
        }
    }

    /// <summary>The drm program, for dotnet to run.</summary>
    public static string DrmDll => Path.Combine(AppContext.BaseDirectory, "drm.dll");

    /// <summary>The drm program without the script in front of it.</summary>
    public static (int Code, string Output, string Error) DrmProgram(params string[] arguments) => Run("dotnet", [DrmDll, .. arguments], "");

    // From another directory than the repository's, as it must not matter.
    public static (int Code, string Output, string Error) Drm(string[] arguments, params (string Name, string Value)[] variables) =>
        Run(Path.Combine(Root, "drm"), arguments, "", variables);

    public static (int Code, string Output, string Error) Run(
        string program,
        string[] arguments,
        string input,
        params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("ActorRuntime");
        start.Environment.Remove("DRM_ACTOR_RUNTIME");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
