namespace DrmActors.Hardware.Time;

/// <summary>
/// The alarms of a clock in the order of (due, sequence): a binary heap whose entries know their place, so that adding,
/// taking and cancelling are O(log n). Thread-safe; nothing rings under its lock.
/// </summary>
internal sealed class AlarmQueue
{
    private readonly Lock _lock = new();
    private Alarm[] _heap = new Alarm[16];
    private int _count;
    private long _sequence;

    /// <summary>Null when nothing is set.</summary>
    internal long? NextDue
    {
        get
        {
            lock (_lock)
                return _count == 0 ? null : _heap[0].Due;
        }
    }

    /// <returns>True when it is the first one now.</returns>
    internal bool Add(Alarm alarm)
    {
        lock (_lock)
        {
            if (_count == _heap.Length)
                Array.Resize(ref _heap, _count * 2);
            alarm.Sequence = _sequence++;
            SiftUp(_count++, alarm);
            return alarm.Index == 0;
        }
    }

    /// <summary>Takes the first one out if it is due at <paramref name="now"/>.</summary>
    internal Alarm? TakeDue(long now)
    {
        lock (_lock)
        {
            if (_count == 0 || _heap[0].Due > now)
                return null;
            var first = _heap[0];
            RemoveAt(0);
            return first;
        }
    }

    internal void Remove(Alarm alarm)
    {
        lock (_lock)
        {
            if (alarm.Index != Alarm.Outside)
                RemoveAt(alarm.Index);
        }
    }

    private void RemoveAt(int index)
    {
        _heap[index].Index = Alarm.Outside;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (index == _count)
            return;
        // The last entry fills the gap: it may belong above it as well as below it.
        if (index > 0 && last.IsBefore(_heap[(index - 1) / 2]))
            SiftUp(index, last);
        else
            SiftDown(index, last);
    }

    private void SiftUp(int index, Alarm alarm)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!alarm.IsBefore(_heap[parent]))
                break;
            Place(index, _heap[parent]);
            index = parent;
        }
        Place(index, alarm);
    }

    private void SiftDown(int index, Alarm alarm)
    {
        while (true)
        {
            var child = (index * 2) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].IsBefore(_heap[child]))
                child++;
            if (!_heap[child].IsBefore(alarm))
                break;
            Place(index, _heap[child]);
            index = child;
        }
        Place(index, alarm);
    }

    private void Place(int index, Alarm alarm)
    {
        _heap[index] = alarm;
        alarm.Index = index;
    }
}
