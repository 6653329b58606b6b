using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

/// <summary>
/// The memory of a GEM object as something that travels: an open file, held by its descriptors and mappings, by those who have imported it, and by the
/// object itself while that has handles, so that exporting it again gives the same one. It holds the object in turn. Where the object ends all the same
/// (its actor crashed, its device is gone), the memory stays, and is nobody's to attach to any more. Thread-safe. linux/dma-buf.h.
/// <code>held --last holder--> ended
/// held --object ended--> lost --last holder--> ended</code>
/// </summary>
/// <param name="id">Among those of its object.</param>
/// <param name="isWritable">The access mode that the first export asked for.</param>
/// <param name="exports">The lock of all that its object was exported as.</param>
internal sealed partial class DmaBuf(GemServices gem, GemReference exporter, ulong id, bool isWritable, Lock exports) : Description(holders: 1)
{
    private const int Held = 0;
    private const int Lost = 1;
    private const int Ended = 2;

    private int _state = Held;

    /// <summary>The object that it was made of.</summary>
    public GemReference Exporter => exporter;

    public bool IsWritable => isWritable;

    /// <summary>Its object has ended.</summary>
    public bool IsLost => Volatile.Read(ref _state) == Lost;

    /// <summary>The next older one that holds the object. Of those that know them all, under their lock.</summary>
    public DmaBuf? NextHeld { get; set; }

    /// <summary>In bytes.</summary>
    public long Size => exporter.Block.Length;

    /// <summary>What it holds its object as.</summary>
    public Holder Holder => new(HolderKind.DmaBuf, id);

    /// <summary>The dma-buf of a descriptor, held: whoever asks drops it.</summary>
    /// <returns>EBADF where it is not open, EINVAL where it is of no dma-buf.</returns>
    public static Errno Find(DescriptorTable descriptors, Descriptor descriptor, out DmaBuf? buffer)
    {
        var description = descriptors.Find(descriptor);
        buffer = description as DmaBuf;
        if (description is null)
            return Errno.EBADF;
        return buffer is null ? Errno.EINVAL : buffer.TryHold() ? Errno.None : Errno.EBADF;
    }

    /// <summary>Whether it was made on the device of this GEM core.</summary>
    public bool IsOf(IActorRef core) => gem.Core.Equals(core);

    /// <summary>The object, which has no handle any more, lets go of it.</summary>
    /// <returns>It was the last who held it, and so it holds the object no longer.</returns>
    public bool LetGo() => CountDown();

    /// <summary>The object ends, and this holds it still: the memory stays with this. Before the object gives it back.</summary>
    public void Lose()
    {
        lock (exports)
        {
            EndAttachments();
            // Who lets go meanwhile waits for nobody.
            gem.Arena.Pin(exporter.Block);
            if (Interlocked.CompareExchange(ref _state, Lost, Held) != Held)
                gem.Arena.Unpin(exporter.Block);
        }
    }

    /// <summary>In the order in which objects are made, so that tables of many are read in it.</summary>
    public override int GetHashCode() => (int)exporter.Id;

    public override string ToString() => $"dma-buf {id} of object {exporter.Id}";

    protected override void Released() => Release(reply: null, ActorRefs.NoSender);

    /// <returns>False where there is no object any more that would tell the reply.</returns>
    private bool Release(object? reply, IActorRef to)
    {
        if (Interlocked.Exchange(ref _state, Ended) == Lost)
        {
            gem.Arena.Unpin(exporter.Block);
            return false;
        }

        exporter.Object.Tell(new DropReference(Holder, reply), to);
        return true;
    }
}
