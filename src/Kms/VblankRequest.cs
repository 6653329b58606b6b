using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The arithmetic of WAIT_VBLANK and CRTC_QUEUE_SEQUENCE: which CRTC, and which count is meant. Pure. drm.h.</summary>
public static class VblankRequest
{
    private const VblankFlags Known =
        VblankFlags.Relative | VblankFlags.HighCrtcMask | VblankFlags.Event | VblankFlags.NextOnMiss | VblankFlags.Secondary;

    private const SequenceFlags KnownSequence = SequenceFlags.Relative | SequenceFlags.NextOnMiss;

    // A count this far behind (modulo 32 bits) has passed; anything else is yet to come.
    private const ulong PassedWithin = 1 << 23;

    /// <summary>The index of the CRTC. EINVAL for unknown flags, no such CRTC, or one that is off.</summary>
    /// <param name="lease">Of the caller: it counts its own CRTCs.</param>
    public static Errno FindPipe(KmsState state, WaitVblank wait, Lease? lease, out int index)
    {
        index = (int)((uint)(wait.Flags & VblankFlags.HighCrtcMask) >> 1);
        if (index == 0 && wait.Flags.HasFlag(VblankFlags.Secondary))
            index = 1;
        if (lease is not null)
            index = LesseeView.IndexOf(state, lease, index);
        if ((wait.Flags & ~Known) != VblankFlags.Absolute || (uint)index >= (uint)state.Crtcs.Length || !state.Crtcs[index].Active)
            return Errno.EINVAL;
        return Errno.None;
    }

    /// <summary>The index of the CRTC of a GET_SEQUENCE or QUEUE_SEQUENCE. ENOENT for no such CRTC, EINVAL for unknown flags or one that is off.</summary>
    public static Errno FindPipe(KmsState state, CrtcId id, SequenceFlags flags, out int index)
    {
        index = 0;
        if (state.Config.Find(id) is not { } crtc)
            return Errno.ENOENT;
        index = crtc.Index;
        return (flags & ~KnownSequence) != SequenceFlags.None || !state[crtc].Active ? Errno.EINVAL : Errno.None;
    }

    public static ulong Target(CrtcQueueSequence queue, ulong count)
    {
        var target = queue.Flags.HasFlag(SequenceFlags.Relative) ? count + queue.Sequence : queue.Sequence;
        return queue.Flags.HasFlag(SequenceFlags.NextOnMiss) && HasPassed(target, count) ? count + 1 : target;
    }

    /// <summary>The 64-bit count that is waited for, the CRTC being at <paramref name="count"/>.</summary>
    /// <param name="isNext">What was asked for has passed, and the next one is meant.</param>
    public static ulong Target(WaitVblank wait, ulong count, out bool isNext)
    {
        var target = wait.Flags.HasFlag(VblankFlags.Relative)
            ? count + wait.Sequence
            : count + (ulong)(int)(wait.Sequence - (uint)count);
        isNext = wait.Flags.HasFlag(VblankFlags.NextOnMiss) && HasPassed(target, count);
        return isNext ? count + 1 : target;
    }

    public static bool HasPassed(ulong target, ulong count) => count - target <= PassedWithin;
}
