using DrmActors.Messages;

namespace DrmActors.Bridge.Uevents;

/// <summary>What is written to a device's file "uevent", as udevadm trigger does: the device is told of again.</summary>
internal static class SynthUevent
{
    private static readonly string[] Actions = ["add", "remove", "change", "move", "online", "offline", "bind", "unbind"];

    /// <summary>EINVAL for another action. An identifier and variables may follow it: "change UUID NAME=VALUE…".</summary>
    public static Errno Tell(UeventMonitors monitors, ServedDevice device, string text)
    {
        var words = text.TrimEnd('\n').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var action, ..] || !Actions.Contains(action, StringComparer.Ordinal) || (words.Length > 1 && !Guid.TryParseExact(words[1], "D", out _)))
            return Errno.EINVAL;
        var pairs = words.Skip(2).Select(w => w.Split('=', 2)).ToList();
        if (pairs.Exists(p => p.Length != 2 || !p[0].All(char.IsAsciiLetterOrDigit) || !p[1].All(char.IsAsciiLetterOrDigit)))
            return Errno.EINVAL;
        monitors.Tell(action, device, [("SYNTH_UUID", words.ElementAtOrDefault(1) ?? "0"), .. pairs.Select(p => ($"SYNTH_ARG_{p[0]}", p[1]))]);
        return Errno.None;
    }
}
