using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

// Other devices at its memory. The exporter's driver hears of each step, in pairs, and of none after the object has ended.
internal sealed partial class DmaBuf
{
    // Null while no other device has been at it, as most never are.
    private List<DmaBufAttachment>? _attachments;

    /// <summary>Another device wants the memory: attached, pinned, and where it lies. Whoever calls holds this; the attachment does from then on.</summary>
    /// <returns>ENODEV where the object has ended, ENOMEM where nobody can say where the memory lies, or what the driver says.</returns>
    public Errno Attach(out DmaBufAttachment? attachment)
    {
        attachment = null;
        lock (exports)
        {
            if (IsLost)
                return Errno.ENODEV;
            var errno = Begin(out attachment);
            // It cannot have ended: the caller holds it too.
            if (errno == Errno.None && TryHold())
                (_attachments ??= new(1)).Add(attachment!);
            return errno;
        }
    }

    /// <returns>This held the exporter's object for nobody else, and when that has dropped it, it tells the reply. Else whoever calls does.</returns>
    public bool Detach(DmaBufAttachment attachment, object? reply, IActorRef to)
    {
        lock (exports)
            if (_attachments!.Remove(attachment))
                End(attachment);
        return CountDown() && Release(reply, to);
    }

    public void Vmap(DmaBufAttachment attachment)
    {
        lock (exports)
        {
            if (IsLost)
                return;
            gem.Driver.GemVmap(exporter.Id);
            attachment.IsVmapped = true;
        }
    }

    public void Vunmap(DmaBufAttachment attachment)
    {
        lock (exports)
        {
            if (!attachment.IsVmapped)
                return;
            attachment.IsVmapped = false;
            gem.Driver.GemVunmap(exporter.Id);
        }
    }

    // Each step is undone where a later one fails.
    private Errno Begin(out DmaBufAttachment? attachment)
    {
        attachment = null;
        var (driver, id) = (gem.Driver, exporter.Id);
        var errno = driver.GemPrimeAttach(id);
        if (errno != Errno.None)
            return errno;
        errno = driver.GemPin(id);
        if (errno == Errno.None && driver.GemPrimeGetSgTable(id, exporter.Block) is { } table)
        {
            attachment = new DmaBufAttachment(this, table);
            return Errno.None;
        }

        if (errno == Errno.None)
        {
            driver.GemUnpin(id);
            errno = Errno.ENOMEM;
        }

        driver.GemPrimeDetach(id);
        return errno;
    }

    private void End(DmaBufAttachment attachment)
    {
        var (driver, id) = (gem.Driver, exporter.Id);
        if (attachment.IsVmapped)
            driver.GemVunmap(id);
        attachment.IsVmapped = false;
        driver.GemPrimePutSgTable(id, attachment.Table);
        driver.GemUnpin(id);
        driver.GemPrimeDetach(id);
    }

    private void EndAttachments()
    {
        foreach (var attachment in _attachments ?? [])
            End(attachment);
        _attachments?.Clear();
    }
}
