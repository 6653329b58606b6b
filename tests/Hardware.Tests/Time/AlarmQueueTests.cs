using DrmActors.Hardware.Time;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Time;

public sealed class AlarmQueueTests
{
    [Fact]
    public void Queue_should_keep_its_order_whatever_is_added_taken_and_removed() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(300),
            Prop.ForAll(Gen.Choose(0, 9_999).ArrayOf().ToArbitrary(), calls => Run(calls)));

    // Against a list that is searched. A call's last digit says what is done, the others with which due time or alarm.
    private static void Run(int[] calls)
    {
        using var clock = new VirtualClock();
        var sink = new AlarmRecorder(clock);
        var queue = new AlarmQueue();
        var model = new List<Alarm>();
        foreach (var call in calls)
        {
            var argument = call / 10;
            switch (call % 10)
            {
                case < 5:
                    var alarm = new Alarm(queue, argument % 50, sink, 0);
                    model.Add(alarm);
                    Assert.Equal(First(model) == alarm, queue.Add(alarm));
                    break;
                case < 8 when model.Count > 0:
                    var cancelled = model[argument % model.Count];
                    model.Remove(cancelled);
                    cancelled.Cancel();
                    cancelled.Cancel();
                    break;
                default:
                    var first = First(model);
                    var due = first?.Due <= argument ? first : null;
                    Assert.Same(due, queue.TakeDue(argument));
                    if (due is not null)
                        model.Remove(due);
                    break;
            }
            Assert.Equal(First(model)?.Due, queue.NextDue);
        }
        while (First(model) is { } next)
        {
            Assert.Same(next, queue.TakeDue(long.MaxValue));
            model.Remove(next);
        }
        Assert.Null(queue.TakeDue(long.MaxValue));
    }

    // The list is in the order of adding, and MinBy keeps the first of equals.
    private static Alarm? First(List<Alarm> model) => model.MinBy(alarm => alarm.Due);
}
