using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// The host as a process: dma-bufs, sync files and syncobjs that are open in it.
public sealed partial class DrmHost
{
    internal DescriptorTable Descriptors { get; } = new();

    internal FenceContexts Contexts { get; } = new();

    /// <summary>Takes the calls on them.</summary>
    internal IActorRef Desk => _desk.Actor;

    /// <summary>As close(2). What descriptors are left open is told by <see cref="ShutdownAsync"/>.</summary>
    /// <exception cref="DrmException">EBADF: it is not open.</exception>
    public void Close(Descriptor descriptor)
    {
        var errno = Descriptors.Close(descriptor);
        if (errno != Errno.None)
            throw new DrmException(errno, new CloseDescriptor(descriptor));
    }

    /// <summary>As dup(2): another one of the same dma-buf, sync file or syncobj.</summary>
    /// <exception cref="DrmException">EBADF: it is not open.</exception>
    public Descriptor Duplicate(Descriptor descriptor)
    {
        var other = Descriptors.Duplicate(descriptor);
        return other.IsNone ? throw new DrmException(Errno.EBADF, new DuplicateDescriptor(descriptor)) : other;
    }
}
