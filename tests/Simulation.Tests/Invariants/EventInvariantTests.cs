using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Events and vblanks that cannot be are refused.</summary>
public sealed class EventInvariantTests
{
    private static readonly CrtcId Crtc = new(40);
    private readonly Watched _run = new(new OneEventARequest(), new VblanksNeverGoBack());

    [Fact]
    public void Events_that_were_asked_for_should_pass()
    {
        Flip(1, 1);
        Flip(1, 2);
        Read(1, FlipEvent(1, 5), FlipEvent(2, 6));
    }

    [Fact]
    public void An_event_that_nobody_asked_for_should_be_refused() => Watched.Violates<OneEventARequest>(() => Read(1, FlipEvent(1, 5)));

    [Fact]
    public void The_event_of_a_failed_call_should_be_refused()
    {
        _run.Fail(0, 1, new ModePageFlip(Crtc, default, PageFlipFlags.Event, 1), Errno.EBUSY);
        Watched.Violates<OneEventARequest>(() => Read(1, FlipEvent(1, 5)));
    }

    [Fact]
    public void A_second_event_should_be_refused()
    {
        Flip(1, 1);
        Watched.Violates<OneEventARequest>(() => Read(1, FlipEvent(1, 5), FlipEvent(1, 6)));
    }

    [Fact]
    public void Another_files_event_should_be_refused()
    {
        Flip(1, 1);
        Watched.Violates<OneEventARequest>(() => Read(2, FlipEvent(1, 5)));
    }

    [Fact]
    public void Flips_out_of_order_should_be_refused()
    {
        Flip(1, 1);
        Flip(1, 2);
        Watched.Violates<OneEventARequest>(() => Read(1, FlipEvent(2, 5)));
    }

    [Fact]
    public void An_event_of_another_kind_should_be_refused()
    {
        Flip(1, 1);
        Watched.Violates<OneEventARequest>(() => Read(1, new VblankEvent(1, 5, 5, Crtc)));
    }

    [Fact]
    public void An_event_after_the_close_should_be_refused()
    {
        Flip(1, 1);
        _run.Call(0, 1, new CloseFile());
        Watched.Violates<OneEventARequest>(() => Read(1));
    }

    [Fact]
    public void An_event_after_the_death_should_be_refused()
    {
        _run.Call(0, 1, new KillFile(Crash: true));
        Watched.Violates<OneEventARequest>(() => Read(1));
    }

    [Fact]
    public void A_count_that_goes_back_within_a_file_should_be_refused()
    {
        Flip(1, 1);
        Flip(1, 2);
        Watched.Violates<VblanksNeverGoBack>(() => Read(1, FlipEvent(1, 6), FlipEvent(2, 5)));
    }

    [Fact]
    public void A_count_that_goes_back_between_clients_should_be_refused()
    {
        _run.Call(0, 1, new CrtcGetSequence(Crtc), new CrtcSequence(true, 6, 600));
        Watched.Violates<VblanksNeverGoBack>(() => _run.Call(1, 2, new CrtcGetSequence(Crtc), new CrtcSequence(true, 5, 600)));
    }

    [Fact]
    public void A_time_that_goes_back_should_be_refused()
    {
        _run.Call(0, 1, new CrtcGetSequence(Crtc), new CrtcSequence(true, 6, 600));
        Watched.Violates<VblanksNeverGoBack>(() => _run.Call(1, 2, new CrtcGetSequence(Crtc), new CrtcSequence(true, 7, 500)));
    }

    [Fact]
    public void Calls_at_the_same_time_may_answer_in_any_order()
    {
        var slow = _run.Begin(0, 1, new CrtcGetSequence(Crtc));
        _run.Call(1, 2, new CrtcGetSequence(Crtc), new CrtcSequence(true, 6, 600));
        _run.End(slow, Errno.None, new CrtcSequence(true, 5, 500));
    }

    private static FlipCompleteEvent FlipEvent(ulong userData, uint sequence) => new(userData, sequence, sequence * 100, Crtc);

    private void Flip(ulong file, ulong userData) => _run.Call(0, file, new ModePageFlip(Crtc, default, PageFlipFlags.Event, userData), Done.Instance);

    private void Read(ulong file, params DrmEvent[] events) => _run.Call(0, file, new ReadEvents(DrmEvent.Space, true), new EventBatch([.. events]));
}
