using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting.Internals;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Sync files: fences as descriptors.
public sealed partial class DrmHost
{
    private readonly CallGate _desk;
    private ulong _lastWait;

    /// <summary>ioctl(2) on a descriptor of a dma-buf, a sync file or a syncobj.</summary>
    /// <returns>EBADF where it is not open, ENOTTY for a call that is none of its kind's.</returns>
    public Task<Reply<TReply>> CallAsync<TReply>(Descriptor descriptor, IIoctl<TReply> call, CancellationToken cancellationToken = default)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(call);
        return _desk.CallAsync(new DescriptorCall<TReply>(descriptor, call), cancellationToken);
    }

    /// <summary>SYNC_IOC_MERGE: a sync file that is signalled when both are; the caller's to close.</summary>
    /// <exception cref="DrmException">EBADF: the first is not open. ENOTTY: it is no sync file. ENOENT: the other is not open, or none.</exception>
    public async Task<Descriptor> MergeSyncFilesAsync(Descriptor one, Descriptor other, string name = "merged")
    {
        var call = new SyncMerge(name, other);
        var reply = await CallAsync(one, call);
        return reply.Ok ? reply.Value!.Descriptor : throw new DrmException(reply.Errno, call);
    }

    /// <summary>SYNC_IOC_FILE_INFO: each fence of a sync file, and whether it is signalled, and when it was.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no sync file.</exception>
    public async Task<ImmutableArray<SyncFenceInfo>> GetSyncFencesAsync(Descriptor syncFile, CancellationToken cancellationToken = default)
    {
        var call = new GetSyncFileInfo(uint.MaxValue);
        var reply = await CallAsync(syncFile, call, cancellationToken);
        return reply.Ok ? reply.Value!.Fences : throw new DrmException(reply.Errno, call);
    }

    /// <summary>poll(2): waits until a sync file is signalled. A fence that has failed is signalled too; FILE_INFO tells its error.</summary>
    /// <param name="timeout">In the host's time; null for as long as it takes.</param>
    /// <returns>False where the time was over before.</returns>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: it is no sync file. ENODEV: the host is shut down.</exception>
    public async Task<bool> WaitAsync(Descriptor syncFile, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = Interlocked.Increment(ref _lastWait);
        var until = timeout is { } span ? Clock.Now + (span.Ticks * TimeSpan.NanosecondsPerTick) : long.MaxValue;
        var call = new WaitForSync(syncFile, wait, until);
        var asked = _desk.CallAsync(call, CancellationToken.None);
        await using var giveUp = cancellationToken.Register(() => _desk.Actor.Tell(new GiveUpSync(wait), Akka.Actor.ActorRefs.NoSender));
        var reply = await asked;
        if (reply.Errno == Errno.EINTR)
            throw new OperationCanceledException(cancellationToken);
        return reply.Ok || (reply.Errno == Errno.ETIME ? false : throw new DrmException(reply.Errno, call));
    }
}
