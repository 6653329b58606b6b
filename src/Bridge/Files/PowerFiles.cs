using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>power/ of a device without runtime power management.</summary>
internal static class PowerFiles
{
    public static void Add(ServedFolder power)
    {
        power.Writable("async", "disabled\n");
        power.Add("autosuspend_delay_ms", new ServedNode(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            static () => new ServedFile(Errno.EIO),
            static (_, answer) => answer(Errno.EIO)));
        power.Writable("control", "auto\n");
        foreach (var counter in (string[])["runtime_active_kids", "runtime_active_time", "runtime_suspended_time", "runtime_usage"])
            power.Text(counter, "0\n");
        power.Text("runtime_enabled", "disabled\n");
        power.Text("runtime_status", "unsupported\n");
    }
}
