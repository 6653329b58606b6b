using Akka.Actor;
using DrmActors.Hardware.Memory;

namespace DrmActors.Actors.Prime;

/// <summary>A device's hold on another's dma-buf: where the memory lies, for as long as it is pinned there. Of the importer's object alone, but for its end.</summary>
internal sealed class DmaBufAttachment(DmaBuf buffer, SgTable table)
{
    // How many pictures read it.
    private int _readers;

    public DmaBuf Buffer => buffer;

    public SgTable Table => table;

    /// <summary>The memory is mapped for the importer's reading. Of the dma-buf, under its lock.</summary>
    public bool IsVmapped { get; set; }

    /// <summary>A framebuffer shows it. The first has the exporter map it for reading.</summary>
    public void BeginReading()
    {
        if (++_readers == 1)
            buffer.Vmap(this);
    }

    public void EndReading()
    {
        if (--_readers == 0)
            buffer.Vunmap(this);
    }

    /// <summary>There is no object of the importer's, after all.</summary>
    public void Detach() => buffer.Detach(this, reply: null, ActorRefs.NoSender);

    /// <summary>The importer's object ends.</summary>
    /// <inheritdoc cref="DmaBuf.Detach"/>
    public bool Detach(object reply, IActorRef to) => buffer.Detach(this, reply, to);
}
