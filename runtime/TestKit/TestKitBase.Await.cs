using System;
using System.Threading;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Repeats the assertion until it holds; at the end of the time its own failure is the test's.</summary>
    public void AwaitAssert(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (Now < end)
            {
                Pause(end, interval, cancellationToken);
            }
        }
    }

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default)
    {
        var patience = RemainingOrDilated(max);
        if (!AwaitConditionNoThrow(conditionIsFulfilled, patience, interval, cancellationToken))
            _assertions.Fail("Timeout {0} expired while waiting for condition. {1}", patience, message ?? "");
    }

    /// <summary>The time is taken as it is, not dilated.</summary>
    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        var end = Now + max;
        while (!conditionIsFulfilled())
        {
            if (Now >= end)
                return false;
            Pause(end, interval, cancellationToken);
        }
        return true;
    }

    private static void Pause(TimeSpan end, TimeSpan? interval, CancellationToken cancellation)
    {
        var left = Positive(end - Now);
        var pause = interval ?? AskAgain;
        cancellation.WaitHandle.WaitOne(pause < left ? pause : left);
        cancellation.ThrowIfCancellationRequested();
    }
}
