using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>What a client has said that it understands (SET_CLIENT_CAP). drm.h.</summary>
internal sealed class ClientCaps
{
    private readonly ulong[] _values = new ulong[(int)ClientCapability.WritebackConnectors + 1];

    public ulong this[ClientCapability capability] => _values[(int)capability];

    public ModeClient OfModes => new(
        this[ClientCapability.Stereo3D] != 0,
        this[ClientCapability.AspectRatio] != 0,
        this[ClientCapability.UniversalPlanes] != 0,
        this[ClientCapability.Atomic] != 0,
        this[ClientCapability.WritebackConnectors] != 0);

    public Reply<Done> Set(SetClientCap set)
    {
        if (!IsAllowed(set))
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

    private bool IsAllowed(SetClientCap set) => set.Capability switch
    {
        ClientCapability.Stereo3D or ClientCapability.UniversalPlanes or ClientCapability.AspectRatio => set.Value <= 1,
        ClientCapability.Atomic => set.Value <= 2,
        ClientCapability.WritebackConnectors => set.Value <= 1 && this[ClientCapability.Atomic] != 0,
        _ => false,
    };
}
