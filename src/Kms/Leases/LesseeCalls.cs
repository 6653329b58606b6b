using DrmActors.Messages;

namespace DrmActors.Kms.Leases;

/// <summary>What a lessee may name in its calls: for it, what it has not got is not there. Pure. Atomic requests name theirs in their own order.</summary>
public static class LesseeCalls
{
    /// <returns>ENOENT for what the lease does not hold; EACCES for a CRTC whose primary or cursor plane it does not hold.</returns>
    public static Errno Check(KmsState state, Lease lease, IIoctl call) => call switch
    {
        ModeGetCrtc get => Known(lease, get.Crtc.Value),
        ModeGetGamma get => Known(lease, get.Crtc.Value),
        ModeSetGamma set => Known(lease, set.Crtc.Value),
        CrtcGetSequence get => Known(lease, get.Crtc.Value),
        CrtcQueueSequence queue => Known(lease, queue.Crtc.Value),
        ModeSetCrtc set => SetCrtc(state, lease, set),
        ModePageFlip flip => WithPlane(lease, flip.Crtc, PrimaryOf(state, flip.Crtc)),
        ModeCursor cursor => WithPlane(lease, cursor.Crtc, CursorOf(state, cursor.Crtc)),
        ModeCursor2 cursor => WithPlane(lease, cursor.Crtc, CursorOf(state, cursor.Crtc)),
        ModeGetPlane get => Known(lease, get.Plane.Value),
        ModeSetPlane set => lease.Holds(set.Plane.Value) && (set.Framebuffer.IsNone || lease.Holds(set.Crtc.Value)) ? Errno.None : Errno.ENOENT,
        ModeGetConnector get => Known(lease, get.Connector.Value),
        ModeSetProperty set => Known(lease, set.Connector.Value),
        ModeObjGetProperties get => KnownOrFree(state, lease, get.ObjectId),
        ModeObjSetProperty set => KnownOrFree(state, lease, set.ObjectId),
        _ => Errno.None,
    };

    /// <summary>Whether this is a kind of object that is lent, and not to this lessee.</summary>
    public static bool IsHidden(KmsState state, Lease? lease, uint id) => KnownOrFree(state, lease, id) != Errno.None;

    private static Errno SetCrtc(KmsState state, Lease lease, ModeSetCrtc set)
    {
        if (!lease.Holds(set.Crtc.Value))
            return Errno.ENOENT;
        // Without its primary plane a CRTC can be switched off, but not on.
        if (set.Mode is not null && PrimaryOf(state, set.Crtc) is { } plane && !lease.Holds(plane.Id.Value))
            return Errno.EACCES;
        return set.Connectors.Take(set.CutAt ?? int.MaxValue).All(c => lease.Holds(c.Value)) ? Errno.None : Errno.ENOENT;
    }

    private static Errno WithPlane(Lease lease, CrtcId crtc, Plane? plane) =>
        !lease.Holds(crtc.Value) ? Errno.ENOENT
        : plane is not null && !lease.Holds(plane.Id.Value) ? Errno.EACCES
        : Errno.None;

    private static Errno Known(Lease lease, uint id) => lease.Holds(id) ? Errno.None : Errno.ENOENT;

    private static Errno KnownOrFree(KmsState state, Lease? lease, uint id) =>
        lease is null || lease.Holds(id) || ModeObjectLookup.Find(state, id, ObjectType.Any) is not (Crtc or Plane or Connector)
            ? Errno.None
            : Errno.ENOENT;

    private static Plane? PrimaryOf(KmsState state, CrtcId id) => state.Config.Find(id) is { } crtc ? state.Config.PrimaryOf(crtc) : null;

    private static Plane? CursorOf(KmsState state, CrtcId id) => state.Config.Find(id) is { } crtc ? state.Config.CursorOf(crtc) : null;
}
