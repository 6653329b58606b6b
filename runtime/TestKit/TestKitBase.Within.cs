using System;
using System.Diagnostics;
using System.Threading;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    // When the innermost Within ends, null outside of one.
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    /// <summary>Time since some fixed moment of this process.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

    /// <summary>What is left of the innermost <c>Within</c>.</summary>
    public TimeSpan Remaining =>
        _end is { } end ? Positive(end - Now) : throw new InvalidOperationException(@"Remaining may not be called outside of ""within""");

    public TimeSpan RemainingOrDefault => RemainingOr(_expectDefault);

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - Now) : duration;

    /// <summary>The time that was asked for, never longer than what is left; the default if none was asked for.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } asked)
            return RemainingOrDefault;
        if (asked < TimeSpan.Zero)
            throw new ArgumentException("The duration must be positive or zero", nameof(duration));
        var dilated = Dilated(asked);
        return _end is { } end && end - Now < dilated ? Positive(end - Now) : dilated;
    }

    public TimeSpan Dilated(TimeSpan duration) => duration * _timeFactor;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? RemainingOrDefault;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within<object>(
            min,
            max,
            () =>
            {
                action();
                return null;
            },
            hint,
            epsilonValue,
            cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var (start, endBefore) = (Now, _end);
        var longest = Dilated(max);
        if (endBefore is { } outer && Positive(outer - start) is var left && left < longest)
            longest = left;
        _assertions.AssertTrue(longest >= min, "Required min time {0} not possible, only {1} left. {2}", min, longest, hint ?? "");
        _lastWasNoMsg = false;
        _end = start + longest;
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = endBefore;
        }
        var took = Now - start;
        _assertions.AssertTrue(took >= min, "Failed: Block took {0}, should have at least been {1}. {2}", took, min, hint ?? "");
        // An ExpectNoMsg at the end has waited for the whole rest, so the end is past by a hair.
        if (!_lastWasNoMsg)
        {
            _assertions.AssertTrue(
                took <= longest + (epsilonValue ?? TimeSpan.Zero),
                "Failed: Block took {0}, exceeding {1}. {2}",
                took,
                longest,
                hint ?? "");
        }
        return result;
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
