using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>What the descriptors of a commit's IN_FENCE_FDs stand for, from the first look at them on.</summary>
internal sealed class InFences
{
    private static readonly InFences NoneCame = new([]) { HaveCome = true };

    private readonly Dictionary<Descriptor, Fence> _fences;

    private InFences(Dictionary<Descriptor, Fence> fences) => _fences = fences;

    /// <summary>All that the commit had to wait for has been waited for.</summary>
    public bool HaveCome { get; private init; }

    public Fence this[Descriptor descriptor] => _fences[descriptor];

    /// <summary>Looks each of a draft up, once.</summary>
    /// <param name="known">What was looked up for the same call before; null for nothing yet, and where there is none.</param>
    /// <returns>EINVAL where one has been closed since the draft was made.</returns>
    public static Errno Find(CommitDraft draft, DescriptorTable descriptors, ref InFences? known)
    {
        if (known is not null)
            return Errno.None;
        foreach (var plane in draft.Planes)
        {
            if (plane.InFence.IsNone)
                continue;
            if (SyncFile.Find(descriptors, plane.InFence, out var fence) != Errno.None)
                return Errno.EINVAL;
            known ??= new([]);
            known._fences[plane.InFence] = fence!;
        }

        return Errno.None;
    }

    /// <summary>The same, of a commit that need not wait any more.</summary>
    public static InFences Come(InFences? known) => known is null ? NoneCame : new(known._fences) { HaveCome = true };

    public bool Has(Descriptor descriptor) => _fences.ContainsKey(descriptor);
}
