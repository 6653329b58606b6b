using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads;

internal static class Slots
{
    private const int Most = 64;

    /// <summary>A slot for a call that is being drawn; what it means is decided when the call is made.</summary>
    public static int Draw(Seed seed) => seed.Below(Most);
}

/// <summary>Things of a kind that somebody holds, found by slot: any number, taken modulo how many there are. Thread-safe.</summary>
/// <param name="most">Of the oldest more than so many are forgotten.</param>
internal sealed class Slots<T>(int most = int.MaxValue)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<T> _things = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _things.Count;
        }
    }

    /// <summary>Null where there is nothing.</summary>
    public T? At(int slot)
    {
        lock (_lock)
            return _things.Count == 0 ? null : _things[(int)((uint)slot % (uint)_things.Count)];
    }

    /// <summary>Of those that fit; null where none does.</summary>
    public T? At(int slot, Predicate<T> fits)
    {
        lock (_lock)
        {
            var fitting = _things.FindAll(fits);
            return fitting.Count == 0 ? null : fitting[(int)((uint)slot % (uint)fitting.Count)];
        }
    }

    public void Add(T thing)
    {
        lock (_lock)
        {
            if (_things.Count == most)
                _things.RemoveAt(0);
            _things.Add(thing);
        }
    }

    public void Remove(T thing)
    {
        lock (_lock)
            _things.Remove(thing);
    }

    /// <summary>All of them; none is left.</summary>
    public IReadOnlyList<T> TakeAll()
    {
        lock (_lock)
        {
            T[] all = [.. _things];
            _things.Clear();
            return all;
        }
    }
}
