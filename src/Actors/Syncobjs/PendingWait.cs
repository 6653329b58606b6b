using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>What a wait came to.</summary>
/// <param name="First">Which of its points it was that had come; the lowest of several.</param>
/// <param name="Fence">Of that one, where the wait was for fences to be there; null where it has been signalled already.</param>
internal readonly record struct WaitEnd(Errno Errno, int First = -1, Fence? Fence = null);

/// <summary>
/// A wait for points that have yet to come. It ends once: by them, its time-out, a signal to its process, or its file's end, on the thread of whichever comes
/// first, which answers it there. Then nothing of it is left at syncobjs, fences and clock.
/// <code>registering --> waiting --> ended
/// registering --a point comes--> ended, by whoever registers</code>
/// </summary>
internal sealed class PendingWait : IAlarmSink
{
    // Nobody waits longer than a century: no alarm is set for it, and no time that runs by itself runs there.
    private const long Never = 100L * 365 * 24 * 3600 * 1_000_000_000;

    private readonly Lock _lock = new();
    private readonly ImmutableArray<AwaitedPoint> _points;
    private readonly Action<PendingWait, WaitEnd> _onEnd;
    private int _missing;
    private bool _isRegistered;
    private WaitEnd? _end;
    private Alarm? _alarm;

    private PendingWait(
        IActorRef caller,
        IIoctl call,
        ImmutableArray<(Syncobj Syncobj, ulong Point)> points,
        bool all,
        bool available,
        Action<PendingWait, WaitEnd> onEnd)
    {
        (Caller, Call, IsForFences) = (caller, call, available);
        _onEnd = onEnd;
        _missing = all ? points.Length : 1;
        _points = ImmutableArray.CreateRange(points, p => new AwaitedPoint(this, p.Syncobj, p.Point));
    }

    public IActorRef Caller { get; }

    public IIoctl Call { get; }

    /// <summary>Until points have fences; else until those are signalled.</summary>
    public bool IsForFences { get; }

    /// <param name="held">What each syncobj held when the wait began, where the point was in it.</param>
    /// <param name="timeout">In ns of the clock, and not over yet.</param>
    /// <param name="onEnd">Once, on any thread, perhaps in here.</param>
    public static PendingWait Start(
        IActorRef caller,
        IIoctl call,
        ImmutableArray<(Syncobj Syncobj, ulong Point)> points,
        ReadOnlySpan<Fence?> held,
        bool all,
        bool available,
        AlarmClock clock,
        long timeout,
        Action<PendingWait, WaitEnd> onEnd)
    {
        var wait = new PendingWait(caller, call, points, all, available, onEnd);
        for (var i = 0; i < held.Length; i++)
            wait._points[i].Register(held[i]);
        if (!wait.HasEnded && timeout - clock.Now < Never)
            wait._alarm = clock.SetAlarm(timeout, wait, cookie: 0);
        wait.Registered();
        return wait;
    }

    /// <summary>Nothing where it has ended.</summary>
    public void End(Errno errno) => End(new WaitEnd(errno));

    public void Ring(long due, long cookie) => End(Errno.ETIME);

    /// <summary>A point has come, or has its fence. Once for each.</summary>
    public void Came()
    {
        lock (_lock)
            if (--_missing > 0)
                return;
        // Whichever brought it: the lowest of those that have come by now is told.
        var first = 0;
        while (first < _points.Length - 1 && !_points[first].HasCome)
            first++;
        End(new WaitEnd(Errno.None, first, _points[first].Fence));
    }

    public bool HasEnded
    {
        get
        {
            lock (_lock)
                return _end is not null;
        }
    }

    private void End(WaitEnd end)
    {
        lock (_lock)
        {
            if (_end is not null)
                return;
            _end = end;
            if (!_isRegistered)
                return;
        }

        Finish(end);
    }

    private void Registered()
    {
        WaitEnd? end;
        lock (_lock)
        {
            _isRegistered = true;
            end = _end;
        }

        if (end is { } already)
            Finish(already);
    }

    private void Finish(WaitEnd end)
    {
        _alarm?.Cancel();
        foreach (var point in _points)
            point.Forget();
        _onEnd(this, end);
    }
}
