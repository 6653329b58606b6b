using DrmActors.Messages;

namespace DrmActors.Kms.Leases;

/// <summary>What a lessee is told of a device: its own CRTCs, planes and connectors, as if there were no others. Encoders are everybody's. Pure.</summary>
public static class LesseeView
{
    /// <summary>An answer, without what the lease does not hold. Masks of CRTCs count those that the lessee knows.</summary>
    public static object Narrow(KmsState state, Lease lease, object reply) => reply switch
    {
        Reply<ModeResources> { Value: { } all } => Reply<ModeResources>.Success(all with
        {
            Crtcs = all.Crtcs.RemoveAll(c => !lease.Holds(c.Value)),
            Connectors = all.Connectors.RemoveAll(c => !lease.Holds(c.Value)),
        }),
        Reply<ModePlaneResources> { Value: { } all } => Reply<ModePlaneResources>.Success(
            new ModePlaneResources(all.Planes.RemoveAll(p => !lease.Holds(p.Value)))),
        Reply<ModePlane> { Value: { } plane } => Reply<ModePlane>.Success(plane with
        {
            Crtc = lease.Holds(plane.Crtc.Value) ? plane.Crtc : default,
            PossibleCrtcs = Narrow(state, lease, plane.PossibleCrtcs),
        }),
        Reply<ModeEncoder> { Value: { } encoder } => Reply<ModeEncoder>.Success(encoder with
        {
            Crtc = lease.Holds(encoder.Crtc.Value) ? encoder.Crtc : default,
            PossibleCrtcs = Narrow(state, lease, encoder.PossibleCrtcs),
        }),
        _ => reply,
    };

    /// <summary>The device's index of the CRTC that a lessee counts as this one; -1 where it has not so many.</summary>
    public static int IndexOf(KmsState state, Lease lease, int index)
    {
        foreach (var crtc in state.Config.Crtcs)
            if (lease.Holds(crtc.Id.Value) && index-- == 0)
                return crtc.Index;
        return -1;
    }

    private static uint Narrow(KmsState state, Lease lease, uint crtcs)
    {
        var (narrowed, bit) = (0u, 0);
        foreach (var crtc in state.Config.Crtcs)
        {
            if (!lease.Holds(crtc.Id.Value))
                continue;
            if ((crtcs & (1u << crtc.Index)) != 0)
                narrowed |= 1u << bit;
            bit++;
        }

        return narrowed;
    }
}
