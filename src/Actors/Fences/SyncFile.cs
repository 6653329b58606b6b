using DrmActors.Actors.Descriptors;
using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>A fence that travels as a descriptor. It polls readable once the fence is signalled. linux/sync_file.h.</summary>
/// <param name="name">As FILE_INFO tells it; null for one made of the fence.</param>
internal sealed class SyncFile(Fence fence, string? name = null) : Description
{
    public Fence Fence => fence;

    public string Name { get; } = name ?? $"{fence.Driver}-{fence.Timeline}{fence.Context}-{fence.Sequence}";

    /// <summary>The fence of a descriptor.</summary>
    /// <returns>EBADF where it is not open, EINVAL where it is no sync file. Calls may say otherwise.</returns>
    public static Errno Find(DescriptorTable descriptors, Descriptor descriptor, out Fence? fence)
    {
        var description = descriptors.Find(descriptor);
        fence = (description as SyncFile)?.Fence;
        return description is null ? Errno.EBADF : fence is null ? Errno.EINVAL : Errno.None;
    }

    protected override void Released()
    {
    }
}
