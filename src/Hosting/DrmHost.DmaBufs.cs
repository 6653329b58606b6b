using Akka.Actor;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// dma-bufs: memory as descriptors.
public sealed partial class DrmHost
{
    /// <summary>mmap(2), shared, of a dma-buf. The mapping keeps the memory, also after the descriptor is closed.</summary>
    /// <param name="offset">In bytes, a multiple of the page.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="writable">Else its bytes can only be read.</param>
    /// <exception cref="DrmException">EBADF: it is not open. EACCES: the first export was read-only. EINVAL: beyond its end, or it is no dma-buf. ENOMEM: beyond 2 GiB, which is what no span reaches.</exception>
    public DrmMapping Mmap(Descriptor dmaBuf, ulong offset, ulong length, bool writable = true)
    {
        var call = new MmapDescriptor(dmaBuf, offset, length, writable);
        var buffer = Hold(dmaBuf, call);
        try
        {
            var errno = buffer.CheckMmap(offset, length, writable);
            if (errno == Errno.None && offset + length > Arena.LargestSpan)
                errno = Errno.ENOMEM;
            return errno == Errno.None ? DrmMapping.Of(buffer, _arena, (int)offset, (int)length, writable) : throw new DrmException(errno, call);
        }
        catch
        {
            buffer.Drop();
            throw;
        }
    }

    /// <summary>lseek(2): only 0 from the beginning or from the end, which tells the size.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: anywhere else, or it is no dma-buf.</exception>
    public long Seek(Descriptor dmaBuf, long offset, SeekOrigin whence)
    {
        var call = new SeekDescriptor(dmaBuf, offset, whence);
        var buffer = Hold(dmaBuf, call);
        var errno = buffer.Seek(offset, whence, out var position);
        buffer.Drop();
        return errno == Errno.None ? position : throw new DrmException(errno, call);
    }

    /// <summary>What /proc/PID/fdinfo tells of a dma-buf: its size, how often it is held, who exported it, its name.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: it is no dma-buf.</exception>
    public string FdInfoOf(Descriptor dmaBuf)
    {
        var buffer = Hold(dmaBuf, new ReadFdInfo(dmaBuf));
        buffer.Drop();
        return buffer.FdInfo;
    }

    /// <summary>poll(2) of a dma-buf: readable once nobody writes, writable once nobody uses it at all.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: it is no dma-buf.</exception>
    public (bool Readable, bool Writable) Poll(Descriptor dmaBuf)
    {
        var buffer = Hold(dmaBuf, new PollDescriptor(dmaBuf));
        buffer.Drop();
        return (buffer.IsReady(toWrite: false), buffer.IsReady(toWrite: true));
    }

    /// <summary>DMA_BUF_IOCTL_SYNC: around the use of a mapping. A beginning waits for those who write, and one that writes for those who read as well.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no dma-buf. EINVAL: neither read nor write, or unknown flags.</exception>
    public async Task SyncAsync(Descriptor dmaBuf, DmaBufSyncFlags flags, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new DmaBufSync(flags);
        var wait = Interlocked.Increment(ref _lastWait);
        var asked = _desk.CallAsync(new DescriptorCall<Done>(dmaBuf, call, wait), CancellationToken.None);
        await using var giveUp = cancellationToken.Register(() => _desk.Actor.Tell(new GiveUpSync(wait), ActorRefs.NoSender));
        var reply = await asked;
        if (reply.Errno == Errno.EINTR)
            throw new OperationCanceledException(cancellationToken);
        if (!reply.Ok)
            throw new DrmException(reply.Errno, call);
    }

    /// <summary>DMA_BUF_SET_NAME.</summary>
    /// <param name="name">At most 31 characters.</param>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no dma-buf. EINVAL: it is too long.</exception>
    public Task SetNameAsync(Descriptor dmaBuf, string name, CancellationToken cancellationToken = default) =>
        RequireAsync(dmaBuf, new DmaBufSetName(name), cancellationToken);

    /// <summary>DMA_BUF_IOCTL_EXPORT_SYNC_FILE: a sync file of what reading or writing would wait for; the caller's to close.</summary>
    /// <param name="uses">Read, write or both.</param>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no dma-buf. EINVAL: other flags, or none.</exception>
    public async Task<Descriptor> ExportSyncFileAsync(Descriptor dmaBuf, DmaBufSyncFlags uses) =>
        (await RequireAsync(dmaBuf, new DmaBufExportSyncFile(uses), CancellationToken.None)).Descriptor;

    /// <summary>DMA_BUF_IOCTL_IMPORT_SYNC_FILE: until it is signalled somebody reads or writes, and others wait.</summary>
    /// <param name="uses">Read, write or both.</param>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no dma-buf. EINVAL: other flags, or none; or that is no sync file.</exception>
    public Task ImportSyncFileAsync(Descriptor dmaBuf, DmaBufSyncFlags uses, Descriptor syncFile, CancellationToken cancellationToken = default) =>
        RequireAsync(dmaBuf, new DmaBufImportSyncFile(uses, syncFile), cancellationToken);

    private async Task<T> RequireAsync<T>(Descriptor descriptor, IIoctl<T> call, CancellationToken cancellationToken)
        where T : class
    {
        var reply = await CallAsync(descriptor, call, cancellationToken);
        return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, call);
    }

    private DmaBuf Hold(Descriptor descriptor, IIoctl call)
    {
        var errno = DmaBuf.Find(Descriptors, descriptor, out var buffer);
        return errno == Errno.None ? buffer! : throw new DrmException(errno, call);
    }
}
