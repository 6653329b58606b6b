using System.Collections.Immutable;
using DrmActors.Actors.BringUp;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>Steps in order, undone in reverse: without actors, told of every message by hand.</summary>
public sealed class BindSequenceSpecs : IBindObserver
{
    private readonly List<string> _trail = [];

    [Fact]
    public void Steps_should_be_done_in_order()
    {
        Sequence([Step(1), Step(2), Step(3)]).Start();

        Assert.Equal(["do 1", "do 2", "do 3", "up"], _trail);
    }

    [Fact]
    public void A_waiting_step_should_hold_the_next_until_its_own_message_comes()
    {
        var sequence = Sequence([Waiting(1), Step(2)]);
        sequence.Start();

        Assert.False(sequence.Offer("another's"));
        Assert.Equal(["do 1"], _trail);
        Assert.True(sequence.Offer("answer"));
        Assert.Equal(["do 1", "do 2", "up"], _trail);
        Assert.False(sequence.Offer("answer"));
    }

    [Fact]
    public void A_failure_should_undo_what_was_done_before_in_reverse()
    {
        var sequence = Sequence([Step(1), Waiting(2), Step(3), Step(4)], BindFaults.AtStep(4, Errno.ENOMEM));
        sequence.Start();
        sequence.Offer("answer");
        sequence.Offer("answer");

        Assert.Equal(
            ["do 1", "do 2", "do 3", "4 failed: ENOMEM", "undo 3", "undo 2", "undo 1", "down ENOMEM 4/4 step 4"], _trail);
    }

    [Fact]
    public void A_failure_of_the_first_step_should_leave_nothing_to_undo()
    {
        Sequence([Step(1), Step(2)], BindFaults.AtStep(1, Errno.EBUSY)).Start();

        Assert.Equal(["1 failed: EBUSY", "down EBUSY 1/2 step 1"], _trail);
    }

    [Fact]
    public void A_step_that_may_fail_should_not_stop_the_others()
    {
        Sequence([Step(1), Step(2) with { MayFail = true }, Step(3)], BindFaults.AtStep(2, Errno.ENOMEM)).Start();

        Assert.Equal(["do 1", "2 failed: ENOMEM", "do 3", "up"], _trail);
    }

    [Fact]
    public void Calling_it_off_should_wait_for_the_step_that_runs()
    {
        var sequence = Sequence([Step(1), Waiting(2), Step(3)]);
        sequence.Start();
        sequence.Abort(Errno.ENODEV, "off");
        sequence.Abort(Errno.EIO, "later");

        Assert.Equal(["do 1", "do 2"], _trail);
        sequence.Offer("answer");
        Assert.Equal(["do 1", "do 2", "undo 2"], _trail);
        sequence.Offer("answer");
        Assert.Equal(["do 1", "do 2", "undo 2", "undo 1", "down ENODEV off"], _trail);
    }

    [Fact]
    public void Calling_it_off_should_undo_everything_at_once_when_up()
    {
        var sequence = Sequence([Step(1), Step(2) with { Undo = null }, Step(3)]);
        sequence.Start();
        _trail.Clear();
        sequence.Abort(Errno.ENODEV, "off");
        sequence.Abort(Errno.ENODEV, "again");

        Assert.Equal(["undo 3", "undo 1", "down ENODEV off"], _trail);
    }

    [Fact]
    public void Calling_it_off_before_the_start_should_only_say_so()
    {
        Sequence([Step(1)]).Abort(Errno.ENODEV, "off");

        Assert.Equal(["down ENODEV off"], _trail);
    }

    void IBindObserver.StepBegan(BindStep step)
    {
    }

    void IBindObserver.StepEnded(BindStep step, Errno errno)
    {
        if (errno != Errno.None)
            _trail.Add($"{step.Number} failed: {errno}");
    }

    void IBindObserver.StepUndone(BindStep step)
    {
    }

    void IBindObserver.Up() => _trail.Add("up");

    void IBindObserver.Down(Errno errno, string reason) => _trail.Add($"down {errno} {reason}");

    private BindSequence Sequence(ImmutableArray<BindStep> steps, BindFaults? faults = null) =>
        new(steps, faults ?? BindFaults.None, this);

    private BindStep Step(int number) => new(number, $"step {number}", () => Say($"do {number}"), () => Say($"undo {number}"));

    private BindStep Waiting(int number) =>
        new(number, $"step {number}", () => Await($"do {number}"), () => Await($"undo {number}"));

    private Progress Say(string what)
    {
        _trail.Add(what);
        return Progress.Done;
    }

    private Progress Await(string what)
    {
        _trail.Add(what);
        return Progress.Until(message => message is "answer" ? Progress.Done : null);
    }
}
