namespace Akka.Actor.Internal;

/// <summary>How often a child has failed, and since when.</summary>
public class ChildRestartStats
{
    private int _failures;
    private long _windowStart;

    internal ChildRestartStats(IInternalActorRef child) => Child = child;

    public IInternalActorRef Child { get; }

    /// <summary>
    /// May the child be started once more? <paramref name="maxNrOfRetries"/> below 0: no limit; 0: never.
    /// Without a window (0 ms or less) every failure counts for ever.
    /// </summary>
    internal bool MayRestart(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds <= 0)
            return maxNrOfRetries < 0 || ++_failures <= maxNrOfRetries;
        var allowed = maxNrOfRetries < 0 ? 1 : maxNrOfRetries;
        var now = global::System.Diagnostics.Stopwatch.GetTimestamp();
        if (_windowStart == 0)
            _windowStart = now;
        if (global::System.Diagnostics.Stopwatch.GetElapsedTime(_windowStart, now).TotalMilliseconds <= withinTimeMilliseconds)
            return ++_failures <= allowed;
        _windowStart = now;
        _failures = 1;
        return true;
    }
}
