using System.Globalization;
using DrmActors.Messages;

namespace DrmActors.Bridge.Native;

/// <summary>What the kernel tells of a process now.</summary>
internal static class ProcessFacts
{
    /// <summary>What it calls itself; empty for one that is gone.</summary>
    public static string CommandOf(int process) => Read(process, "comm").TrimEnd('\n');

    /// <summary>Whose rights it has: its effective user; nobody for one that is gone.</summary>
    public static int UserOf(int process)
    {
        const string Users = "\nUid:\t";
        var status = Read(process, "status");
        var at = status.IndexOf(Users, StringComparison.Ordinal);
        // The real, effective, saved and file system's one.
        return at >= 0 && status.AsSpan(at + Users.Length) is var text && text[(text.IndexOf('\t') + 1)..] is var effective
            && int.TryParse(effective[..effective.IndexOf('\t')], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? user
            : ClientInfo.NoUser;
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
