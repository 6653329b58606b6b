using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

// What can be done with a descriptor of it.
internal sealed partial class DmaBuf
{
    private const DmaBufSyncFlags Uses = DmaBufSyncFlags.Read | DmaBufSyncFlags.Write;

    private volatile string? _name;

    /// <summary>What SET_NAME called it; null where nobody did.</summary>
    public string? Name => _name;

    /// <summary>Its part of /proc/PID/fdinfo.</summary>
    public string FdInfo => $"size:\t{Size}\ncount:\t{Holders}\nexp_name:\tdrm\n{(_name is { } name ? $"name:\t{name}\n" : "")}";

    /// <summary>The fences of its memory; the exporter's and all importers' alike.</summary>
    public Reservation Reservation => exporter.Reservation;

    /// <summary>mmap(2). EACCES for a mapping that writes where the first export was read-only; EINVAL for one beyond its end, or a private one.</summary>
    /// <param name="offset">In bytes, a multiple of the page.</param>
    public Errno CheckMmap(ulong offset, ulong length, bool writes, bool isPrivate = false)
    {
        if (length == 0 || offset % Arena.PageSize != 0)
            return Errno.EINVAL;
        if (writes && !isPrivate && !isWritable)
            return Errno.EACCES;
        return isPrivate || offset > (ulong)Size || length > (ulong)Size - offset ? Errno.EINVAL : Errno.None;
    }

    /// <summary>lseek(2): only to either end, which tells its size.</summary>
    public Errno Seek(long offset, SeekOrigin whence, out long position)
    {
        position = whence == SeekOrigin.End ? Size : 0;
        return offset != 0 || whence is not (SeekOrigin.Begin or SeekOrigin.End) ? Errno.EINVAL : Errno.None;
    }

    /// <summary>poll(2): readable once nobody writes, writable once nobody uses it at all.</summary>
    public bool IsReady(bool toWrite) => Reservation.IsIdle(Reservation.NeededBy(toWrite));

    /// <summary>What <see cref="IsReady"/> waits for, as it is now.</summary>
    public Fence FenceOf(bool toWrite) => FenceArray.Merge(Reservation.Pending(Reservation.NeededBy(toWrite)), gem.Contexts);

    public override void Take(IIoctl call, IActorRef caller)
    {
        Fence? fence = null;
        var answer = call is not DmaBufSync sync ? Answer(call) : Sync(sync, out fence) is var errno and not Errno.None ? call.Fail(errno) : Done.Ok;
        if (fence?.Wait(new TellWhenSignaled(caller, answer)) is null)
            caller.Tell(answer, ActorRefs.NoSender);
    }

    /// <summary>DMA_BUF_IOCTL_SYNC.</summary>
    /// <param name="fence">What it has to wait for; null for nothing.</param>
    public Errno Sync(DmaBufSync sync, out Fence? fence)
    {
        fence = null;
        if (!sync.IsValid)
            return Errno.EINVAL;
        var toWrite = sync.Flags.HasFlag(DmaBufSyncFlags.Write);
        if (!sync.Flags.HasFlag(DmaBufSyncFlags.End) && !IsReady(toWrite))
            fence = FenceOf(toWrite);
        return Errno.None;
    }

    private object Answer(IIoctl call) => call switch
    {
        DmaBufSetName set => SetName(set),
        DmaBufExportSyncFile export => ExportSyncFile(export),
        DmaBufImportSyncFile import => ImportSyncFile(import),
        RefusedIoctl { Call: DmaBufSetName } refused => refused.Fail(refused.Errno),
        _ => call.Fail(Errno.ENOTTY),
    };

    private Reply<Done> SetName(DmaBufSetName set)
    {
        _name = set.Name;
        return Done.Ok;
    }

    private Reply<DmaBufSyncFile> ExportSyncFile(DmaBufExportSyncFile export) => IsUse(export.Flags)
        ? Reply<DmaBufSyncFile>.Success(new DmaBufSyncFile(gem.Descriptors.Add(
            new SyncFile(FenceOf(export.Flags.HasFlag(DmaBufSyncFlags.Write)), gem.Descriptors, gem.Contexts))))
        : Reply<DmaBufSyncFile>.Failed(Errno.EINVAL);

    private Reply<Done> ImportSyncFile(DmaBufImportSyncFile import)
    {
        if (!IsUse(import.Flags) || SyncFile.Find(gem.Descriptors, import.SyncFile, out var fence) != Errno.None)
            return Reply<Done>.Failed(Errno.EINVAL);
        var usage = import.Flags.HasFlag(DmaBufSyncFlags.Write) ? FenceUsage.Write : FenceUsage.Read;
        foreach (var part in fence!.Parts)
            Reservation.Add(part, usage);
        return Done.Ok;
    }

    private static bool IsUse(DmaBufSyncFlags flags) => (flags & ~Uses) == DmaBufSyncFlags.None && flags != DmaBufSyncFlags.None;
}
