using System.Globalization;
using System.Text;
using DrmActors.Actors.Protocol;

namespace DrmActors.Actors.Files;

/// <summary>A card's part of /proc/PID/fdinfo/N, as drivers tell it since Linux 6.5: whose it is, and how much memory. Documentation/gpu/drm-usage-stats.rst.</summary>
internal static class UsageText
{
    private const long Unit = 1024;
    private static readonly string[] Units = ["", " KiB", " MiB"];

    // One region: the memory of the system.
    public static string Of(FileView file, FileMemory memory)
    {
        var text = new StringBuilder();
        Line(text, "driver", file.Device.Driver.Version.Name);
        Line(text, "client-id", ClientIdOf(file).ToString(CultureInfo.InvariantCulture));
        if (file.Name.Length > 0)
            Line(text, "client-name", file.Name);
        Line(text, "total-memory", Size(memory.Total));
        Line(text, "shared-memory", Size(memory.Shared));
        Line(text, "active-memory", Size(memory.Active));
        Line(text, "resident-memory", Size(memory.Resident));
        Line(text, "purgeable-memory", Size(memory.Purgeable));
        return text.ToString();
    }

    /// <summary>One an open, different for all files of a host.</summary>
    private static ulong ClientIdOf(FileView file)
    {
        const ulong MostCards = 64;
        return (file.Id * MostCards) + (ulong)file.Device.Minor;
    }

    private static void Line(StringBuilder text, string key, string value) => text.Append("drm-").Append(key).Append(":\t").Append(value).Append('\n');

    // The largest unit that says it exactly.
    private static string Size(long bytes)
    {
        var unit = 0;
        for (; unit < Units.Length - 1 && bytes != 0 && bytes % Unit == 0; unit++)
            bytes /= Unit;
        return $"{bytes}{Units[unit]}";
    }
}
