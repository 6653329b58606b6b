using System.Collections;

namespace DrmActors.Kms;

/// <summary>
/// The touched objects of one kind, in the order of the device's indexes, in which the kernel looks at them. They are linked through themselves, as a
/// draft is made for every call and touches few. What is touched while they are gone through is met if it comes later in the order.
/// </summary>
public struct TouchedObjects<TChange> : IEnumerable<TChange>
    where TChange : ObjectChange<TChange>
{
    private TChange? _first;

    public readonly int Count
    {
        get
        {
            var count = 0;
            for (var change = _first; change is not null; change = change.Next)
                count++;
            return count;
        }
    }

    public readonly Enumerator GetEnumerator() => new(_first);

    /// <summary>Null where it is not touched.</summary>
    internal readonly TChange? Find(int index)
    {
        var change = _first;
        while (change is not null && change.Index < index)
            change = change.Next;
        return change?.Index == index ? change : null;
    }

    /// <param name="added">One that is not there yet, and in no other draft.</param>
    internal void Add(TChange added)
    {
        if (_first is not { } before || before.Index > added.Index)
        {
            added.Next = _first;
            _first = added;
            return;
        }

        while (before.Next is { } next && next.Index < added.Index)
            before = next;
        added.Next = before.Next;
        before.Next = added;
    }

    readonly IEnumerator<TChange> IEnumerable<TChange>.GetEnumerator() => GetEnumerator();

    readonly IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(TChange? first) : IEnumerator<TChange>
    {
        private TChange? _current;

        public readonly TChange Current => _current!;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            _current = _current is null ? first : _current.Next;
            return _current is not null;
        }

        readonly void IEnumerator.Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
