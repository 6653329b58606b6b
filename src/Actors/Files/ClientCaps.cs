using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>What a client has said that it understands (SET_CLIENT_CAP). drm.h.</summary>
internal sealed class ClientCaps
{
    private readonly ulong[] _values = new ulong[(int)ClientCapability.CursorPlaneHotspot + 1];

    public ulong this[ClientCapability capability] => _values[(int)capability];

    public ModeClient OfModes => new(
        this[ClientCapability.Stereo3D] != 0,
        this[ClientCapability.AspectRatio] != 0,
        this[ClientCapability.UniversalPlanes] != 0,
        this[ClientCapability.Atomic] != 0,
        this[ClientCapability.WritebackConnectors] != 0,
        this[ClientCapability.CursorPlaneHotspot] != 0);

    /// <param name="hasHotspots">The device's cursors point somewhere.</param>
    /// <param name="isAtomic">The driver is.</param>
    /// <param name="caller">What the process calls itself.</param>
    public Reply<Done> Set(SetClientCap set, bool hasHotspots, bool isAtomic, string caller)
    {
        if (set.Capability == ClientCapability.Atomic && (!isAtomic || IsOfXServer(set, caller)))
            return Reply<Done>.Failed(Errno.EOPNOTSUPP);
        if (!IsAllowed(set, hasHotspots))
            return Reply<Done>.Failed(Errno.EINVAL);
        _values[(int)set.Capability] = set.Value;
        // Atomic implies what it cannot do without.
        if (set.Capability == ClientCapability.Atomic)
        {
            _values[(int)ClientCapability.UniversalPlanes] = set.Value;
            _values[(int)ClientCapability.AspectRatio] = set.Value;
        }

        return Done.Ok;
    }

    // X servers said for years that they were, and could not do it.
    private static bool IsOfXServer(SetClientCap set, string caller) => set.Value == 1 && caller.StartsWith('X');

    private bool IsAllowed(SetClientCap set, bool hasHotspots) => set.Capability switch
    {
        ClientCapability.Stereo3D or ClientCapability.UniversalPlanes or ClientCapability.AspectRatio => set.Value <= 1,
        ClientCapability.Atomic => set.Value <= 2,
        ClientCapability.WritebackConnectors => set.Value <= 1 && this[ClientCapability.Atomic] != 0,
        // Without such cursors it is unknown, as to a kernel that has none.
        ClientCapability.CursorPlaneHotspot => hasHotspots && set.Value <= 1 && this[ClientCapability.Atomic] != 0,
        _ => false,
    };
}
