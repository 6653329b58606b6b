namespace DrmActors.Bridge.Uevents;

/// <summary>A device in sysfs, as uevents tell of it.</summary>
/// <param name="Path">Its folder, below /sys.</param>
/// <param name="Variables">What its file "uevent" says: a line each.</param>
/// <param name="Udev">What udev has stored of it.</param>
internal sealed record ServedDevice(string Path, string Variables, UdevEntry Udev)
{
    public const string Subsystem = "drm";
}
