using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class OneEventARequest : Invariant
{
    // In the order of the requests, the oldest first.
    private readonly Dictionary<ulong, List<Request>> _due = [];
    private readonly HashSet<ulong> _come = [];

    // Atomic commits, and the CRTCs whose events have come.
    private readonly Dictionary<(ulong File, ulong UserData), HashSet<CrtcId>> _commits = [];
    private readonly HashSet<ulong> _closed = [];

    public override string Protects => "each event that was asked for comes exactly once, to its file, flips in the order of their calls, and none after the close";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is CloseFile or KillFile)
            _due.Remove(call.File);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (!call.Ok)
            return;
        switch (call.Call)
        {
            case CloseFile or KillFile:
                _closed.Add(call.File);
                break;
            case ModePageFlip flip when flip.Flags.HasFlag(PageFlipFlags.Event):
                Expect(call, new Request(flip.UserData, typeof(FlipCompleteEvent), flip.Crtc));
                break;
            case ModeAtomic atomic when atomic.Flags.HasFlag(AtomicFlags.PageFlipEvent):
                // One of each CRTC that it touches, which the device knows.
                _commits.TryAdd((call.File, atomic.UserData), []);
                break;
            case WaitVblank wait when wait.Flags.HasFlag(VblankFlags.Event):
                Expect(call, new Request(wait.UserData, typeof(VblankEvent), default));
                break;
            case CrtcQueueSequence queue:
                Expect(call, new Request(queue.UserData, typeof(CrtcSequenceEvent), queue.Crtc));
                break;
            case ReadEvents when call.Value is EventBatch batch:
                if (_closed.Contains(call.File))
                    throw Violated(call, "read after the close");
                foreach (var happened in batch.Events)
                    Take(call, happened);
                break;
        }
    }

    private void Expect(ObservedCall call, Request request)
    {
        if (!_due.TryGetValue(call.File, out var due))
            _due.Add(call.File, due = []);
        due.Add(request);
    }

    private void Take(ObservedCall call, DrmEvent happened)
    {
        var (userData, crtc) = happened switch
        {
            FlipCompleteEvent flip => (flip.UserData, flip.Crtc),
            VblankEvent vblank => (vblank.UserData, default),
            CrtcSequenceEvent sequence => (sequence.UserData, default),
            _ => throw Violated(call, $"{happened} is of no known kind"),
        };
        if (happened is FlipCompleteEvent && _commits.TryGetValue((call.File, userData), out var told))
        {
            if (!told.Add(crtc))
                throw Violated(call, $"{happened} came before");
            return;
        }

        var due = _due.GetValueOrDefault(call.File) ?? [];
        var index = due.FindIndex(r => r.UserData == userData);
        if (index < 0)
            throw Violated(call, $"{happened} {(_come.Contains(userData) ? "came before" : "was not asked for by this file")}");
        var request = due[index];
        if (request.Kind != happened.GetType() || (!crtc.IsNone && crtc != request.Crtc))
            throw Violated(call, $"{happened} answers {request}");
        if (happened is FlipCompleteEvent && due.FindIndex(r => r.Kind == request.Kind && r.Crtc == request.Crtc) != index)
            throw Violated(call, $"{happened} came before that of an earlier flip");
        due.RemoveAt(index);
        _come.Add(userData);
    }

    private sealed record Request(ulong UserData, Type Kind, CrtcId Crtc);
}
