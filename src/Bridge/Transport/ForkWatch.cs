using DrmActors.Bridge.Native;
using DrmActors.Hardware.Native;

namespace DrmActors.Bridge.Transport;

/// <summary>
/// A host that starts a program is two processes for a moment, and the copy has all that the host has: also descriptors of clients that have just come, or
/// are just being handed over, whose last close nobody hears of until the copy has become the program. So here they are closed in this order:
/// <code>
/// parked    they are sent through a socket of our own: what is on its way in one, no fork copies
/// closed    from now on no new copy has them
/// marked    a descriptor that no client gets is closed, and another made: copies from before now have the old one
/// let go    the old one has hung up, and so nobody has copies from before: what was sent is dropped, and that is the real close
/// </code>
/// The kernel closes what a copy had, when that becomes a program or ends, from the lowest number to the highest, but may release what is thereby closed for
/// good some microseconds later, and in any order. So the mark has a number above all others: when a copy has closed it, it has closed all; and nothing
/// is closed for good by a copy, but always in here.
/// </summary>
internal sealed unsafe class ForkWatch : IReadable, IDisposable
{
    // A copy that never becomes a program keeps what it has, and is waited for this long, once. On a busy machine any other may take a tenth of it.
    private const int Milliseconds = 1000;

    // Of a mark, where the process has few descriptors; else it gets one twice as high as the lowest that is free, the next that a client's gets.
    private const int LowestMark = 1024;
    private const int DuplicateAbove = 1030;

    private readonly Poller _poller;
    private readonly Lock _lock = new();
    private readonly Queue<(int Watched, int Packets)> _awaited = [];
    private readonly int _entry = -1;
    private readonly int _parking = -1;
    private int _mark = -1;
    private int _watched = -1;
    private int _unmarked;
    private ulong _key;
    private bool _isDisposed;

    public ForkWatch(Poller poller)
    {
        _poller = poller;
        var ends = stackalloc int[2];
        if (TryMark() && Sys.SocketPair(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0, ends) == 0)
            (_entry, _parking) = (ends[0], ends[1]);
    }

    /// <summary>Closes what is a client's, so that its last close is told of as soon as <see cref="AwaitCopies"/> returns. Any thread; waits for nothing.</summary>
    public void Close(params ReadOnlySpan<int> descriptors)
    {
        if (descriptors.IsEmpty)
            return;
        lock (_lock)
        {
            var isParked = !_isDisposed && SocketEnd.Send(_entry, [0], descriptors);
            foreach (var descriptor in descriptors)
                Sys.Close(descriptor);
            if (!isParked)
                return;
            _unmarked++;
            Mark();
        }
    }

    /// <summary>
    /// What was closed until now is open in no copy of this process. One that is becoming a program is waited for, which takes it about a millisecond: the
    /// only wait of the reader thread, which calls this, for what it would do meanwhile is what may be copied.
    /// </summary>
    public void AwaitCopies()
    {
        lock (_lock)
            Mark();
        while (TryPeek(out var oldest))
        {
            _ = Sys.AwaitHangUp(oldest, Milliseconds);
            LetGo();
        }
    }

    public void OnReadable()
    {
    }

    /// <summary>The oldest have gone, and nobody has waited for that.</summary>
    public void OnHangUp() => LetGo();

    public void Dispose()
    {
        while (TryPeek(out _))
            LetGo();
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var descriptor in (int[])[_entry, _parking, _mark, _watched])
                Sys.Close(descriptor);
        }
    }

    private bool TryPeek(out int watched)
    {
        lock (_lock)
        {
            var isThere = _awaited.TryPeek(out var oldest);
            watched = oldest.Watched;
            return isThere;
        }
    }

    // What is parked and not marked yet is, unless there can be no more descriptors: then it waits for the next time.
    private void Mark()
    {
        var (mark, watched) = (_mark, _watched);
        if (_unmarked == 0 || !TryMark())
            return;
        Sys.Close(mark);
        _awaited.Enqueue((watched, _unmarked));
        _unmarked = 0;
        if (_awaited.Count > 1)
            return;
        if (Sys.AwaitHangUp(watched, milliseconds: 0))
            Drop();
        else
            _key = _poller.AddForHangUp(watched, this);
    }

    // The reader thread's, or a number that it waits for could be another's.
    private void LetGo()
    {
        lock (_lock)
        {
            _poller.Remove(_awaited.Peek().Watched, _key);
            Drop();
            if (_awaited.TryPeek(out var next))
                _key = _poller.AddForHangUp(next.Watched, this);
        }
    }

    // Read without room for them, descriptors are closed and have no number before.
    private void Drop()
    {
        var (watched, packets) = _awaited.Dequeue();
        byte packet;
        for (; packets > 0; packets--)
            Sys.Read(_parking, &packet, 1);
        Sys.Close(watched);
    }

    private bool TryMark()
    {
        var ends = stackalloc int[2];
        if (Sys.Pipe(ends, Sys.CloseOnExec) != 0)
            return false;
        var free = Math.Max(ends[0], ends[1]);
        (_watched, _mark) = (ends[0], -1);
        // Nearer where the process may not have as many.
        for (var above = Math.Max(LowestMark - free, free); _mark < 0 && above > 0; above /= 2)
            _mark = Libc.Control(ends[1], DuplicateAbove, free + above);
        if (_mark < 0)
            _mark = ends[1];
        else
            Sys.Close(ends[1]);
        return true;
    }
}
