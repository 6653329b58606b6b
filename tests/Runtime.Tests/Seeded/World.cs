using Akka.Dispatch;

namespace DrmActors.Runtime.Tests.Seeded;

/// <summary>
/// Everything that is ready to run, and everything that is due later. One step runs one of the ready ones, chosen by the seed; when none is
/// ready, time goes on to what is due next.
/// </summary>
internal sealed class World(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Ready> _ready = [];
    private readonly PriorityQueue<Action, (TimeSpan Due, long Sequence)> _due = new();
    private readonly Lock _lock = new();
    private long _sequence;

    public TimeSpan Now { get; private set; }

    public List<string> Trace { get; } = [];

    public void Add(string name, IRunnable run)
    {
        lock (_lock)
            _ready.Add(new Ready(name, _sequence++, run));
    }

    public void AddLater(TimeSpan delay, Action action)
    {
        lock (_lock)
            _due.Enqueue(action, (Now + delay, _sequence++));
    }

    /// <summary>Runs until nothing is ready and nothing is due, which should not take more steps than a test can have.</summary>
    public void RunToEnd()
    {
        for (var step = 0; Step(); step++)
            Assert.True(step < 1_000_000, "The world does not come to rest.");
    }

    private bool Step()
    {
        if (Choose() is { } run)
        {
            run.Run();
            return true;
        }
        if (NextDue() is not { } action)
            return false;
        action();
        return true;
    }

    /// <summary>The order in which runs were queued must not matter: they are sorted by name before one is chosen.</summary>
    private IRunnable? Choose()
    {
        lock (_lock)
        {
            if (_ready.Count == 0)
                return null;
            _ready.Sort(Ready.Order);
            var index = _random.Next(_ready.Count);
            var run = _ready[index].Run;
            _ready.RemoveAt(index);
            return run;
        }
    }

    private Action? NextDue()
    {
        lock (_lock)
        {
            if (!_due.TryDequeue(out var action, out var at))
                return null;
            Now = at.Due;
            return action;
        }
    }

    private sealed record Ready(string Name, long Sequence, IRunnable Run)
    {
        public static int Order(Ready left, Ready right)
        {
            var byName = string.CompareOrdinal(left.Name, right.Name);
            return byName != 0 ? byName : left.Sequence.CompareTo(right.Sequence);
        }
    }
}
