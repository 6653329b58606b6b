using DrmActors.Actors.Syncobjs;
using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

/// <summary>
/// A call on several syncobjs takes one after the other, so each has a history of its own. Which one a handle means follows from the calls of its file,
/// which makes them one after the other.
/// </summary>
internal sealed class SyncobjsAreLinearizable : Invariant
{
    private readonly Dictionary<(ulong File, SyncobjHandle Handle), SyncobjHistory> _syncobjs = [];
    private readonly Dictionary<Syncobj, SyncobjHistory> _exported = [];
    private readonly Dictionary<ObservedCall, Syncobj?> _importing = [];
    private readonly Dictionary<ObservedCall, SyncobjHistory?[]> _underWay = [];

    // When an import of nobody knows what has ended.
    private long _lastUnknown;

    // The last of what had begun or ended at each time, to know what came before a time-out.
    private readonly List<(long Time, long Order)> _times = [];

    public override string Protects =>
        "the calls on a syncobj answer as if they had been carried out one after the other, each between its beginning and its end";

    public override void OnBegin(ObservedCall call)
    {
        Note(call.BeganAt, call.Began);
        if (call.Call is SyncobjFdToHandle import)
            _importing.Add(call, OfDescriptor(call, import.Descriptor));
        if (HandlesOf(call.Call) is not { Length: > 0 } handles)
            return;
        SyncobjHistory?[] histories = [.. handles.Select(h => _syncobjs.GetValueOrDefault((call.File, h)))];
        foreach (var history in histories)
            history?.Begin();
        _underWay.Add(call, histories);
    }

    public override void OnEnd(ObservedCall call)
    {
        Note(call.EndedAt, call.Ended);
        Follow(call);
        if (!_underWay.Remove(call, out var histories))
            return;
        for (var i = 0; i < histories.Length; i++)
            if (histories[i]?.End(UsesOf(call, i, histories[0]?.Known)) is { } wrong)
                throw Violated(call, wrong);
    }

    private void Note(long? time, long order)
    {
        if (time is not { } at)
            return;
        if (_times.Count > 0 && _times[^1].Time >= at)
            _times[^1] = (_times[^1].Time, order);
        else
            _times.Add((at, order));
    }

    // What had ended before the time was over, a wait that it ended has seen.
    private long LastBefore(long timeout)
    {
        var index = _times.FindLastIndex(t => t.Time < timeout);
        return index < 0 ? 0 : _times[index].Order + 1;
    }

    // What handles and descriptors mean.
    private void Follow(ObservedCall call)
    {
        _importing.Remove(call, out var before);
        switch (call)
        {
            case { Call: CloseFile or KillFile }:
                foreach (var held in _syncobjs.Keys.Where(k => k.File == call.File).ToList())
                    _syncobjs.Remove(held);
                break;
            case { Ok: false }:
                break;
            case { Call: SyncobjCreate create, Value: SyncobjCreated made }:
                var isSignaled = create.Flags.HasFlag(SyncobjCreateFlags.Signaled);
                _syncobjs[(call.File, made.Handle)] = new SyncobjHistory(new(isSignaled ? SyncobjContent.Signaled : SyncobjContent.None));
                break;
            case { Call: SyncobjDestroy destroy }:
                _syncobjs.Remove((call.File, destroy.Handle));
                break;
            case { Call: SyncobjHandleToFd export, Value: SyncobjExported exported }
                when !export.Flags.HasFlag(SyncobjExportFlags.ExportSyncFile) && _syncobjs.TryGetValue((call.File, export.Handle), out var history):
                // Nobody else was told the number, but somebody may have had it from before.
                if (OfDescriptor(call, exported.Descriptor) is { } syncobj)
                    _exported[syncobj] = history;
                else
                    history.Distrust();
                if (call.Began < _lastUnknown)
                    history.Distrust();
                break;
            case { Call: SyncobjFdToHandle import, Value: SyncobjCreated imported } when !import.Flags.HasFlag(SyncobjImportFlags.ImportSyncFile):
                Import(call, imported.Handle, before, OfDescriptor(call, import.Descriptor));
                break;
        }
    }

    // A number that was another's meanwhile may have been of any of them.
    private void Import(ObservedCall call, SyncobjHandle handle, Syncobj? before, Syncobj? after)
    {
        var key = (call.File, handle);
        if (before is not null && before == after && _exported.TryGetValue(before, out var history))
        {
            _syncobjs[key] = history;
            return;
        }

        foreach (var exported in _exported.Values)
            exported.Distrust();
        _lastUnknown = call.Ended;
        _syncobjs.Remove(key);
    }

    private static Syncobj? OfDescriptor(ObservedCall call, Descriptor descriptor) =>
        (call.Device?.View.Descriptors.Find(descriptor) as SyncobjFile)?.Syncobj;

    private static SyncobjHandle[]? HandlesOf(IIoctl call) => call switch
    {
        ISyncobjArrayCall array => [.. array.Handles],
        SyncobjTransfer transfer => [transfer.Source, transfer.Destination],
        SyncobjFdToHandle import when import.Flags.HasFlag(SyncobjImportFlags.ImportSyncFile) => [import.Handle],
        SyncobjHandleToFd export when export.Flags.HasFlag(SyncobjExportFlags.ExportSyncFile) => [export.Handle],
        _ => null,
    };

    /// <param name="first">What the first of its syncobjs holds, where that is known.</param>
    private IEnumerable<SyncobjUse> UsesOf(ObservedCall call, int index, SyncobjState? first)
    {
        if (call.IsInjected)
            yield break;
        // Whether it came to its effect, only its answer tells.
        var isCut = call.Errno is Errno.EBADF or Errno.ENODEV or Errno.EIO;
        if (EffectOf(call, index, first) is { } use && (call.Ok || isCut || use.Effect is SyncobjEffect.Lacked))
            yield return use with { MayHaveFailed = isCut };
    }

    private SyncobjUse? EffectOf(ObservedCall call, int index, SyncobjState? first)
    {
        SyncobjUse Use(SyncobjEffect effect, ulong point = 0) => new(effect, point, call.Began, call.Ended);
        return call.Call switch
        {
            SyncobjReset => Use(SyncobjEffect.Reset),
            SyncobjSignal => Use(SyncobjEffect.Signaled),
            SyncobjTimelineSignal signal => Use(SyncobjEffect.Added, signal.Points[index]),
            SyncobjFdToHandle => Use(SyncobjEffect.Replaced),
            SyncobjHandleToFd export when call.Ok => Use(SyncobjEffect.Had, export.PointAsked),
            SyncobjHandleToFd { Pad: 0 } export when call.Errno == Errno.EINVAL => Use(SyncobjEffect.Lacked, export.PointAsked),
            SyncobjTransfer transfer => OfTransfer(call, transfer, index, first, Use),
            SyncobjQuery when call.Value is SyncobjPoints points => Use(SyncobjEffect.Told, points.Points[index]),
            SyncobjWait wait => OfWait(call, wait.Flags, 0, wait.Timeout, wait.Handles.Length, index, Use),
            SyncobjTimelineWait wait => OfWait(call, wait.Flags, wait.Points[index], wait.Timeout, wait.Handles.Length, index, Use),
            _ => null,
        };
    }

    // What comes out of one that holds what has come, has come; where it goes to itself, it may be anything. A point takes its timeline with it.
    private static SyncobjUse? OfTransfer(
        ObservedCall call, SyncobjTransfer transfer, int index, SyncobjState? source, Func<SyncobjEffect, ulong, SyncobjUse> use) =>
        index == 1 ? source is not { Content: SyncobjContent.Signaled or SyncobjContent.Points } || transfer.Source == transfer.Destination ? use(SyncobjEffect.Replaced, 0)
            : transfer.DestinationPoint > 0 ? use(SyncobjEffect.Added, transfer.DestinationPoint)
            : source.Value.Content == SyncobjContent.Signaled ? use(SyncobjEffect.Signaled, 0) : use(SyncobjEffect.Replaced, 0)
        : transfer.Source == transfer.Destination ? null
        : call.Ok ? use(SyncobjEffect.Had, transfer.SourcePoint)
        : call.Errno == Errno.EINVAL && transfer.Pad == 0 ? use(SyncobjEffect.Lacked, transfer.SourcePoint) : null;

    // All of them had come at some time, or the one that is named had; one alone that had not by the end had not at some time.
    private SyncobjUse? OfWait(
        ObservedCall call, SyncobjWaitFlags flags, ulong point, long timeout, int count, int index, Func<SyncobjEffect, ulong, SyncobjUse> use)
    {
        const SyncobjWaitFlags Known = SyncobjWaitFlags.WaitAll | SyncobjWaitFlags.WaitForSubmit | SyncobjWaitFlags.WaitAvailable | SyncobjWaitFlags.WaitDeadline;
        if (call.Ok)
            return flags.HasFlag(SyncobjWaitFlags.WaitAll) || (call.Value is SyncobjWaited { FirstSignaled: { } first } && first == (uint)index)
                ? use(SyncobjEffect.Had, point)
                : null;
        var isKnown = (flags & ~Known) == SyncobjWaitFlags.None && (call.Call is SyncobjTimelineWait || !flags.HasFlag(SyncobjWaitFlags.WaitAvailable));
        if (count > 1 || !isKnown || call.Errno is not (Errno.ETIME or Errno.EINVAL))
            return null;
        var lacked = use(SyncobjEffect.Lacked, point);
        return call.Errno == Errno.ETIME ? lacked with { Over = LastBefore(timeout) } : lacked;
    }
}
