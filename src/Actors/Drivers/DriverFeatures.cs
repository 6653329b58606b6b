namespace DrmActors.Actors.Drivers;

/// <summary>
/// What a driver can do (<c>driver_features</c>). A call that needs a missing one fails with EOPNOTSUPP. PRIME decides nothing any more;
/// older drivers still set it.
/// </summary>
[Flags]
internal enum DriverFeatures
{
    None = 0,
    Gem = 1 << 0,
    Modeset = 1 << 1,
    Atomic = 1 << 2,
    Prime = 1 << 3,
    Render = 1 << 4,
    Syncobj = 1 << 5,
    SyncobjTimeline = 1 << 6,
}
