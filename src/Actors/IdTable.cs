using System.Numerics;
using System.Runtime.InteropServices;

namespace DrmActors.Actors;

/// <summary>
/// Numbers for things, as the kernel's idr gives them: from the first upward, the lowest free one first. Of one actor, or under its owner's lock, but for
/// <see cref="Find"/>, which anybody may call at any time.
/// </summary>
internal sealed class IdTable<T>(int first = 1)
    where T : class
{
    private const int Word = 64;
    private const int AtLeast = 4;

    // Null beyond the used ones.
    private volatile T?[] _items = [];
    private int _used;

    // A bit for each number so far, set while it is free; none is in the words before the lowest.
    private readonly List<ulong> _free = [];
    private int _lowest;
    private int _freeCount;

    /// <summary>How many numbers are taken.</summary>
    public int Count => _used - _freeCount;

    /// <summary>Those that have their things.</summary>
    public IEnumerable<(int Id, T Item)> Held => _items.Select((item, i) => (i + first, item!)).Where(held => held.Item2 is not null);

    /// <summary>Takes a number for what is still being made; until it is set, nobody finds it.</summary>
    public int Reserve()
    {
        if (_freeCount > 0)
            return TakeLowest() + first;
        if (_used == _free.Count * Word)
            _free.Add(0);
        if (_used == _items.Length)
            Grow();
        return _used++ + first;
    }

    /// <summary>Gives a taken number its thing, or, without one, free again.</summary>
    public void Set(int id, T? item)
    {
        Volatile.Write(ref _items[id - first], item);
        if (item is null)
            GiveBack(id - first);
    }

    public int Add(T item)
    {
        var id = Reserve();
        Volatile.Write(ref _items[id - first], item);
        return id;
    }

    /// <summary>Null for a number that nothing has, of whatever size.</summary>
    public T? Find(int id)
    {
        var items = _items;
        return (uint)(id - first) < (uint)items.Length ? Volatile.Read(ref items[id - first]) : null;
    }

    /// <summary>Null where nothing has the number.</summary>
    public T? Remove(int id)
    {
        var item = Find(id);
        if (item is not null)
            Set(id, null);
        return item;
    }

    // Who looks meanwhile finds in the old ones what was there.
    private void Grow()
    {
        var items = new T?[Math.Max(AtLeast, _used * 2)];
        _items.CopyTo(items, 0);
        _items = items;
    }

    private int TakeLowest()
    {
        var free = CollectionsMarshal.AsSpan(_free);
        _lowest += free[_lowest..].IndexOfAnyExcept(0UL);
        ref var word = ref free[_lowest];
        var index = (_lowest * Word) + BitOperations.TrailingZeroCount(word);
        word &= word - 1;
        _freeCount--;
        return index;
    }

    // Nothing for one that is free.
    private void GiveBack(int index)
    {
        ref var word = ref CollectionsMarshal.AsSpan(_free)[index / Word];
        var bit = 1UL << (index % Word);
        if ((word & bit) != 0)
            return;
        word |= bit;
        _lowest = Math.Min(_lowest, index / Word);
        _freeCount++;
    }
}
