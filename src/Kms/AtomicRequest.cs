using System.Collections.Immutable;
using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>MODE_ATOMIC: from the request to a draft, refused in the kernel's order. Its three steps are separate, as what follows each differs. Pure.</summary>
public static class AtomicRequest
{
    private const AtomicFlags Known =
        AtomicFlags.PageFlipEvent | AtomicFlags.PageFlipAsync | AtomicFlags.TestOnly | AtomicFlags.NonBlock | AtomicFlags.AllowModeset;

    /// <summary>What is refused before any object is looked at.</summary>
    /// <param name="isAtomic">The client has set DRM_CLIENT_CAP_ATOMIC.</param>
    public static Errno CheckFlags(ModeConfig config, ModeAtomic call, bool isAtomic)
    {
        if (!isAtomic || (call.Flags & ~Known) != AtomicFlags.None || call.Reserved != 0)
            return Errno.EINVAL;
        if (call.Flags.HasFlag(AtomicFlags.PageFlipAsync) && !config.AsyncPageFlip)
            return Errno.EINVAL;
        // A test has no event.
        return call.Flags.HasFlag(AtomicFlags.TestOnly | AtomicFlags.PageFlipEvent) ? Errno.EINVAL : Errno.None;
    }

    /// <summary>Sets every property in the order of the request.</summary>
    /// <param name="lease">The caller's, who knows of no other objects; null for one who has everything.</param>
    /// <param name="fences">Where the client gets its fences: each has been looked at before an error, as has been before the call ends.</param>
    /// <param name="isSyncFile">Which descriptors are sync files; null where none is.</param>
    public static Errno Parse(
        KmsState state, ModeAtomic call, Lease? lease, out CommitDraft draft, out ImmutableArray<ulong> fences, Func<Descriptor, bool>? isSyncFile = null)
    {
        draft = new CommitDraft(state, call.Flags.HasFlag(AtomicFlags.AllowModeset))
        {
            IsAsync = call.Flags.HasFlag(AtomicFlags.PageFlipAsync),
            Lease = lease,
            IsSyncFile = isSyncFile,
        };
        fences = [];
        foreach (var (id, properties) in call.Objects)
        {
            if (ModeObjectLookup.Find(state, id, ObjectType.Any) is not { Properties: { IsEmpty: false } own } of
                || (lease is not null && !lease.Holds(id)))
                return Errno.ENOENT;
            // One without properties is not touched.
            ObjectChange? change = null;
            var last = -1;
            foreach (var (property, value) in properties)
            {
                last = Find(own, property, last + 1);
                if (last < 0)
                    return Errno.ENOENT;
                var attached = own[last];
                change ??= draft.Touch(of);
                var errno = IsFence(attached.Property.Role) && value != 0 && call.Unreachable.Contains(value)
                    ? Errno.EFAULT
                    : change is null ? Errno.EINVAL : PropertySetting.Set(draft, change, attached, value);
                if (errno != Errno.None)
                    return errno;
                if (IsFence(attached.Property.Role) && value != 0)
                    fences = fences.Add(value);
            }
        }

        return call.IsCut ? Errno.EFAULT : Errno.None;
    }

    /// <summary>What a commit that is more than a test has to tell afterwards: an event for each CRTC that it has touched.</summary>
    public static Errno Signal(CommitDraft draft, ModeAtomic call)
    {
        var wantsEvent = call.Flags.HasFlag(AtomicFlags.PageFlipEvent);
        if (!wantsEvent)
            return Errno.None;
        if (draft.Crtcs.Count == 0)
            return Errno.EINVAL;
        foreach (var crtc in draft.Crtcs)
            crtc.HasEvent = true;
        return Errno.None;
    }

    /// <summary>The answer of a test: what the same request would be refused with, but for what it has to wait for.</summary>
    public static Reply<AtomicDone> Test(KmsState state, ModeAtomic call, Lease? lease, Func<Descriptor, bool>? isSyncFile = null)
    {
        var errno = Parse(state, call, lease, out var draft, out var fences, isSyncFile);
        return Answer(errno == Errno.None ? CommitCheck.Check(draft) : errno, fences);
    }

    public static Reply<AtomicDone> Answer(Errno errno, ImmutableArray<ulong> fences) =>
        fences.IsEmpty && errno == Errno.None ? AtomicDone.Ok
        : fences.IsEmpty ? Reply<AtomicDone>.Failed(errno)
        : new Reply<AtomicDone>(errno, new AtomicDone(fences));

    /// <param name="made">The fences of a commit that is accepted.</param>
    public static Reply<AtomicDone> Answer(ImmutableArray<ulong> fences, ImmutableArray<MadeDescriptor> made) =>
        fences.IsEmpty ? AtomicDone.Ok : Reply<AtomicDone>.Success(new AtomicDone(fences) { Made = made });

    /// <summary>The addresses that the client wants fences at, as far as the request makes sense.</summary>
    public static IEnumerable<ulong> FencePointers(KmsState state, ModeAtomic call)
    {
        foreach (var (id, properties) in call.Objects)
            foreach (var (property, value) in properties)
                if (value != 0 && state.Config.Find(property) is { } named && IsFence(named.Role)
                    && state.Config.Find(id) is Crtc or Connector)
                    yield return value;
    }

    private static bool IsFence(PropertyRole role) => role is PropertyRole.OutFencePtr or PropertyRole.WritebackOutFence;

    // Requests follow the order of the properties more often than not, so the next one is looked for behind the last.
    private static int Find(ImmutableArray<AttachedProperty> own, PropertyId id, int from)
    {
        for (var i = from; i < own.Length; i++)
            if (own[i].Property.Id == id)
                return i;
        for (var i = 0; i < Math.Min(from, own.Length); i++)
            if (own[i].Property.Id == id)
                return i;
        return -1;
    }
}
