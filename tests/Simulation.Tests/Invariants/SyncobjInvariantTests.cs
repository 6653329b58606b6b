using System.Collections.Immutable;
using DrmActors.Hardware.Time;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Histories of a syncobj that no sequential one explains are refused; those that one does are not.</summary>
public sealed class SyncobjInvariantTests
{
    private static readonly ImmutableArray<SyncobjHandle> One = [new(1)];

    private readonly Watched _run = new(new SyncobjsAreLinearizable());

    public SyncobjInvariantTests() => _run.Call(0, 1, new SyncobjCreate(), new SyncobjCreated(new(1)));

    [Fact]
    public void A_sequential_history_should_pass()
    {
        _run.Fail(0, 1, Wait(), Errno.ETIME);
        _run.Fail(0, 1, new SyncobjWait(One, 1, 0), Errno.EINVAL);
        _run.Call(0, 1, new SyncobjSignal(One, 1), Done.Instance);
        _run.Call(0, 1, Wait(), new SyncobjWaited(0));
        Query(0);
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [5]), Done.Instance);
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [3]), Done.Instance);
        Query(5);
        _run.Call(0, 1, new SyncobjReset(One, 1), Done.Instance);
        Query(0);
    }

    [Fact]
    public void A_point_that_nobody_signalled_should_be_refused() => Refused(() => Query(1));

    [Fact]
    public void A_wait_that_ends_without_a_signal_should_be_refused() => Refused(() => _run.Call(0, 1, Wait(), new SyncobjWaited(0)));

    [Fact]
    public void A_signal_that_a_wait_does_not_see_should_be_refused()
    {
        _run.Call(0, 1, new SyncobjSignal(One, 1), Done.Instance);
        Refused(() => _run.Fail(0, 1, Wait(), Errno.ETIME));
    }

    [Fact]
    public void A_reset_should_not_be_lost()
    {
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [5]), Done.Instance);
        _run.Call(0, 1, new SyncobjReset(One, 1), Done.Instance);
        Refused(() => Query(5));
    }

    [Fact]
    public void A_wait_may_see_a_signal_between_two_resets()
    {
        var wait = _run.Begin(1, 1, Wait());
        _run.Call(0, 1, new SyncobjSignal(One, 1), Done.Instance);
        _run.Call(0, 1, new SyncobjReset(One, 1), Done.Instance);
        _run.End(wait, Errno.None, new SyncobjWaited(0));
        Query(0);
    }

    [Fact]
    public void Points_that_go_back_should_be_refused()
    {
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [5]), Done.Instance);
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [3]), Done.Instance);
        Refused(() => Query(3));
    }

    [Fact]
    public void What_was_cut_short_may_have_been_done_or_not()
    {
        _run.Fail(0, 1, new SyncobjSignal(One, 1), Errno.ENODEV);
        _run.Call(0, 1, Wait(), new SyncobjWaited(0));
        Refused(() => _run.Fail(0, 1, Wait(), Errno.ETIME));
    }

    [Fact]
    public void Whatever_was_put_in_should_be_believed()
    {
        _run.Call(0, 1, new SyncobjFdToHandle(new(7), new(1), SyncobjImportFlags.ImportSyncFile), new SyncobjCreated(new(1)));
        _run.Fail(0, 1, Wait(), Errno.ETIME);
        Query(9);
        _run.Call(0, 1, new SyncobjReset(One, 1), Done.Instance);
        Refused(() => Query(9));
    }

    [Fact]
    public void A_transfer_of_what_has_come_should_be_seen_at_once()
    {
        _run.Call(0, 1, new SyncobjCreate(), new SyncobjCreated(new(2)));
        _run.Call(0, 1, new SyncobjTimelineSignal(One, 1, [5]), Done.Instance);
        _run.Call(0, 1, new SyncobjTransfer(new(1), 5, new(2), 3), Done.Instance);
        _run.Call(0, 1, new SyncobjQuery([new(2)], 1), new SyncobjPoints([3]));
        Refused(() => _run.Call(0, 1, new SyncobjQuery([new(2)], 1), new SyncobjPoints([0])));
    }

    [Fact]
    public void A_time_out_after_a_signal_should_be_refused()
    {
        var clock = new VirtualClock();
        _run.Watch.Clock = clock;
        var wait = _run.Begin(0, 1, new SyncobjWait(One, 1, 200, SyncobjWaitFlags.WaitForSubmit));
        clock.Advance(TimeSpan.FromTicks(1));
        _run.Call(1, 1, new SyncobjSignal(One, 1), Done.Instance);
        clock.Advance(TimeSpan.FromTicks(1));
        Refused(() => _run.End(wait, Errno.ETIME));
    }

    [Fact]
    public void A_time_out_after_a_signal_in_place_of_the_fence_that_it_waited_for_should_pass()
    {
        var clock = new VirtualClock();
        _run.Watch.Clock = clock;
        _run.Call(0, 1, new SyncobjFdToHandle(new(7), new(1), SyncobjImportFlags.ImportSyncFile), new SyncobjCreated(new(1)));
        var wait = _run.Begin(0, 1, new SyncobjWait(One, 1, 200));
        clock.Advance(TimeSpan.FromTicks(1));
        _run.Call(1, 1, new SyncobjSignal(One, 1), Done.Instance);
        clock.Advance(TimeSpan.FromTicks(1));
        _run.End(wait, Errno.ETIME);
        Refused(() => _run.Fail(0, 1, Wait(), Errno.ETIME));
    }

    private static SyncobjWait Wait() => new(One, 1, 0, SyncobjWaitFlags.WaitForSubmit);

    private static void Refused(Action what) => Watched.Violates<SyncobjsAreLinearizable>(what);

    private void Query(ulong point) => _run.Call(0, 1, new SyncobjQuery(One, 1), new SyncobjPoints([point]));
}
