using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_MODE_ATOMIC_* of drm_mode.h, and the two of PAGE_FLIP that go with them.</summary>
[Flags]
public enum AtomicFlags : uint
{
    None = 0,
    PageFlipEvent = 1,
    PageFlipAsync = 2,
    TestOnly = 0x100,
    NonBlock = 0x200,
    AllowModeset = 0x400,
}

/// <summary>An object of an atomic request, and what is set of it, in this order: the later of two values of one property counts.</summary>
/// <param name="Id">Of a plane, CRTC or connector.</param>
public readonly record struct AtomicObject(uint Id, ImmutableArray<PropertyValue> Properties);

/// <summary>
/// DRM_IOCTL_MODE_ATOMIC: any number of properties of any number of objects, all at once or not at all. Master only. EINVAL for a client that
/// has not said that it is atomic, flags or values that cannot be, or a state that the device cannot show; ENOENT for an unknown object, or a
/// property that is not its own; ENOSPC for a source outside of its framebuffer, ERANGE for a target that overflows or is scaled too far; ENOMEM
/// without event space; EBUSY for a non-blocking commit while one of its CRTCs has not shown the one before; EINTR for a blocking one that was interrupted
/// while it waited for a fence. A commit is shown when the fences of IN_FENCE_FD, and those of its buffers' writers, are signalled. drm_mode.h.
/// </summary>
/// <param name="UserData">Comes back in the events, one of each CRTC.</param>
public sealed record ModeAtomic(AtomicFlags Flags, ImmutableArray<AtomicObject> Objects, ulong UserData = 0, ulong Reserved = 0) : IIoctl<AtomicDone>
{
    /// <summary>What would follow could not be read: EFAULT, once all before it has been looked at.</summary>
    public bool IsCut { get; init; }

    /// <summary>Addresses among the values that cannot be reached: EFAULT where one of them is a pointer.</summary>
    public ImmutableArray<ulong> Unreachable { get; init; } = [];
}

/// <param name="Fences">Addresses of 32 bits each, which get -1: no fence. Also where the call has failed, for those that it came to.</param>
public sealed record AtomicDone(ImmutableArray<ulong> Fences) : IMakesDescriptors
{
    /// <summary>
    /// The sync files of a commit that was accepted, in the order of the CRTCs, then of the writeback connectors. Each tells by its pointer which property
    /// asked for it: OUT_FENCE_PTR, or WRITEBACK_OUT_FENCE_PTR.
    /// </summary>
    public ImmutableArray<MadeDescriptor> Made { get; init; } = [];

    public static readonly Reply<AtomicDone> Ok = Reply<AtomicDone>.Success(new AtomicDone([]));
}
