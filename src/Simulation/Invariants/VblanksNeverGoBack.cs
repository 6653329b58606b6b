using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class VblanksNeverGoBack : Invariant
{
    private readonly Dictionary<(int Device, CrtcId Crtc), Vblank> _latest = [];
    private readonly Dictionary<ObservedCall, Vblank> _latestAtBegin = [];
    private readonly Dictionary<(ulong File, CrtcId Crtc), Vblank> _events = [];
    private readonly Dictionary<(ulong File, ulong UserData), CrtcId> _queued = [];

    public override string Protects => "the vblank count of a CRTC and the time of its vblanks never go back, for one client nor between clients";

    public override void OnBegin(ObservedCall call)
    {
        if (CrtcOf(call) is { } crtc && _latest.TryGetValue((FileNumber.DeviceOf(call.File), crtc), out var latest))
            _latestAtBegin[call] = latest;
    }

    public override void OnEnd(ObservedCall call)
    {
        _latestAtBegin.Remove(call, out var least);
        if (!call.Ok)
            return;
        switch (call.Value)
        {
            case VblankReply reply when CrtcOf(call) is { } crtc:
                Check(call, crtc, new Vblank(reply.Sequence, reply.Time), least);
                break;
            case CrtcSequence reply when CrtcOf(call) is { } crtc:
                Check(call, crtc, new Vblank(reply.Sequence, reply.Time), least);
                break;
            case SequenceQueued when call.Call is CrtcQueueSequence queue:
                _queued[(call.File, queue.UserData)] = queue.Crtc;
                break;
            case EventBatch batch:
                foreach (var happened in batch.Events)
                    OnEvent(call, happened);
                break;
        }
    }

    // Events are of the past when they are read: they have an order only within their file.
    private void OnEvent(ObservedCall call, DrmEvent happened)
    {
        var (crtc, vblank) = happened switch
        {
            VblankEvent e => (e.Crtc, new Vblank(e.Sequence, e.Time)),
            FlipCompleteEvent e => (e.Crtc, new Vblank(e.Sequence, e.Time)),
            CrtcSequenceEvent e when _queued.Remove((call.File, e.UserData), out var queued) => (queued, new Vblank(e.Sequence, e.Time)),
            _ => default,
        };
        if (crtc.IsNone)
            return;
        Check(call, crtc, vblank, _events.GetValueOrDefault((call.File, crtc)));
        _events[(call.File, crtc)] = vblank;
    }

    private void Check(ObservedCall call, CrtcId crtc, Vblank now, Vblank least)
    {
        if (now.Sequence < least.Sequence || now.Time < least.Time)
            throw Violated(call, $"{crtc} is at {now} and was at {least} before");
        var key = (FileNumber.DeviceOf(call.File), crtc);
        var latest = _latest.GetValueOrDefault(key);
        _latest[key] = new Vblank(Math.Max(now.Sequence, latest.Sequence), Math.Max(now.Time, latest.Time));
    }

    // The CRTC whose count the call tells as it returns; null for any other call.
    private static CrtcId? CrtcOf(ObservedCall call)
    {
        if (call.Call is CrtcGetSequence get)
            return get.Crtc;
        if (call.Call is not WaitVblank wait || wait.Flags.HasFlag(VblankFlags.Event) || call.Before is not { State.Config.Crtcs: var crtcs })
            return null;
        var index = (int)((uint)(wait.Flags & VblankFlags.HighCrtcMask) >> 1);
        return index < crtcs.Length ? crtcs[index].Id : null;
    }

    private readonly record struct Vblank(ulong Sequence, long Time)
    {
        public override string ToString() => $"{Sequence} ({Time} ns)";
    }
}
