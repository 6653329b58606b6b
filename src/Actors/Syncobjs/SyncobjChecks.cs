using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>What is wrong with a call by itself, before its handles are looked up: padding and flags, then the count, then the array. Pure.</summary>
internal static class SyncobjChecks
{
    private const SyncobjWaitFlags OfWaits = SyncobjWaitFlags.WaitAll | SyncobjWaitFlags.WaitForSubmit | SyncobjWaitFlags.WaitDeadline;

    public static Errno Check(ISyncobjArrayCall call)
    {
        var isWrong = call switch
        {
            SyncobjWait wait => (wait.Flags & ~OfWaits) != SyncobjWaitFlags.None,
            SyncobjTimelineWait wait => (wait.Flags & ~(OfWaits | SyncobjWaitFlags.WaitAvailable)) != SyncobjWaitFlags.None,
            SyncobjReset reset => reset.Pad != 0 || reset.Count == 0,
            SyncobjSignal signal => signal.Pad != 0 || signal.Count == 0,
            SyncobjTimelineSignal signal => signal.Flags != 0 || signal.Count == 0,
            SyncobjQuery query => (query.Flags & ~SyncobjQueryFlags.LastSubmitted) != SyncobjQueryFlags.None || query.Count == 0,
            _ => false,
        };
        return isWrong ? Errno.EINVAL
            : call.Count > ISyncobjArrayCall.Most ? Errno.ENOMEM
            : call.Handles.Length < call.Count ? Errno.EFAULT
            : Errno.None;
    }

    public static Errno Check(SyncobjCreate create) => (create.Flags & ~SyncobjCreateFlags.Signaled) != SyncobjCreateFlags.None ? Errno.EINVAL : Errno.None;

    // A syncobj as such has no point.
    public static Errno Check(SyncobjHandleToFd export) =>
        export.Pad != 0
        || (export.Flags & ~(SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline)) != SyncobjExportFlags.None
        || (export.PointAsked != 0 && !export.Flags.HasFlag(SyncobjExportFlags.ExportSyncFile))
            ? Errno.EINVAL
            : Errno.None;

    public static Errno Check(SyncobjFdToHandle import) =>
        import.Pad != 0
        || (import.Flags & ~(SyncobjImportFlags.ImportSyncFile | SyncobjImportFlags.Timeline)) != SyncobjImportFlags.None
        || (import.PointAsked != 0 && !import.Flags.HasFlag(SyncobjImportFlags.ImportSyncFile))
            ? Errno.EINVAL
            : Errno.None;

    public static Errno Check(SyncobjEventfd wait) =>
        (wait.Flags & ~SyncobjWaitFlags.WaitAvailable) != SyncobjWaitFlags.None || wait.Pad != 0 ? Errno.EINVAL : Errno.None;
}
