using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class EventsComeAfterTheirVblank : Invariant
{
    // When each flip was asked for, in ns.
    private readonly Dictionary<(ulong File, ulong UserData), long> _flips = [];

    public override string Protects => "an event is told when its vblank has been, and that of a flip is the one that brought it to the screen, after the call";

    public override void OnBegin(ObservedCall call)
    {
        if (call is { Call: ModePageFlip flip, BeganAt: { } began } && flip.Flags.HasFlag(PageFlipFlags.Event))
            _flips[(call.File, flip.UserData)] = began;
    }

    public override void OnEnd(ObservedCall call)
    {
        if (call is not { Ok: true, Value: EventBatch batch, EndedAt: { } now })
            return;
        foreach (var happened in batch.Events)
        {
            if (TimeOf(happened) > now)
                throw Violated(call, $"{happened} is told at {now} ns");
            if (happened is FlipCompleteEvent flip && _flips.Remove((call.File, flip.UserData), out var asked) && flip.Time < asked)
                throw Violated(call, $"{happened} is of a flip that was asked for at {asked} ns");
        }
    }

    private static long TimeOf(DrmEvent happened) => happened switch
    {
        VblankEvent vblank => vblank.Time,
        FlipCompleteEvent flip => flip.Time,
        CrtcSequenceEvent sequence => sequence.Time,
        _ => 0,
    };
}
