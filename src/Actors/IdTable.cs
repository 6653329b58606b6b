namespace DrmActors.Actors;

/// <summary>Numbers for things, as the kernel's idr gives them: from the first upward, the lowest free one first. Of one actor, or under its owner's lock.</summary>
internal sealed class IdTable<T>(int first = 1)
    where T : class
{
    private readonly List<T?> _items = [];
    private readonly PriorityQueue<int, int> _free = new();

    /// <summary>How many numbers are taken.</summary>
    public int Count => _items.Count - _free.Count;

    /// <summary>Those that have their things.</summary>
    public IEnumerable<(int Id, T Item)> Held => _items.Select((item, i) => (i + first, item!)).Where(held => held.Item2 is not null);

    /// <summary>Takes a number for what is still being made; until it is set, nobody finds it.</summary>
    public int Reserve()
    {
        if (_free.TryDequeue(out var index, out _))
            return index + first;
        _items.Add(null);
        return _items.Count - 1 + first;
    }

    /// <summary>Gives a taken number its thing, or, without one, free again.</summary>
    public void Set(int id, T? item)
    {
        _items[id - first] = item;
        if (item is null)
            _free.Enqueue(id - first, id - first);
    }

    public int Add(T item)
    {
        var id = Reserve();
        _items[id - first] = item;
        return id;
    }

    /// <summary>Null for a number that nothing has, of whatever size.</summary>
    public T? Find(int id) => (uint)(id - first) < (uint)_items.Count ? _items[id - first] : null;

    /// <summary>Null where nothing has the number.</summary>
    public T? Remove(int id)
    {
        var item = Find(id);
        if (item is not null)
            Set(id, null);
        return item;
    }
}
