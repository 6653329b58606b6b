using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>MODE_ATOMIC: what is refused before any object is looked at, in the kernel's order. Pure.</summary>
public static class AtomicRequestCheck
{
    private const AtomicFlags Known =
        AtomicFlags.PageFlipEvent | AtomicFlags.PageFlipAsync | AtomicFlags.TestOnly | AtomicFlags.NonBlock | AtomicFlags.AllowModeset;

    /// <param name="isAtomic">The client has set DRM_CLIENT_CAP_ATOMIC.</param>
    public static Errno Check(ModeAtomic call, bool isAtomic)
    {
        if (!isAtomic || (call.Flags & ~Known) != AtomicFlags.None || call.Reserved != 0)
            return Errno.EINVAL;
        // No driver here announces async flips; and a test has no event.
        if (call.Flags.HasFlag(AtomicFlags.PageFlipAsync) || call.Flags.HasFlag(AtomicFlags.TestOnly | AtomicFlags.PageFlipEvent))
            return Errno.EINVAL;
        return Errno.EOPNOTSUPP;
    }
}
