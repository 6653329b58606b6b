// Who began to wait before the order waits for it no longer; the id is its own.
using CloseTicket = (ulong Order, ulong Id);

namespace DrmActors.Bridge.Transport;

/// <summary>
/// Lets a call wait until everything that was closed before it has been given back, as in the kernel, where a close is done before the process
/// that closed can be waited for. Thread-safe; waits for nobody.
/// </summary>
internal sealed class CloseBarrier
{
    private readonly Lock _lock = new();
    private readonly SortedSet<CloseTicket> _closing = [];
    private readonly Queue<(ulong Last, Action Action)> _waiting = new();
    private ulong _last;
    private ulong? _inherited;

    /// <param name="waits">It may itself wait for what has begun to close, and so stands for nothing that began before it.</param>
    /// <returns>The ticket to end it by.</returns>
    public CloseTicket Begin(bool waits = false)
    {
        lock (_lock)
        {
            _last++;
            var ticket = new CloseTicket(waits ? _last : _inherited ?? _last, _last);
            _closing.Add(ticket);
            return ticket;
        }
    }

    public void End(CloseTicket ticket)
    {
        lock (_lock)
            _closing.Remove(ticket);
        while (TakeReady() is { } ready)
            ready();
    }

    /// <summary>The same where it has left something to close: whoever waits for the ticket waits for what begins in here.</summary>
    public void End(CloseTicket ticket, Action close)
    {
        lock (_lock)
            _inherited = ticket.Order;
        close();
        lock (_lock)
            _inherited = null;
        End(ticket);
    }

    /// <summary>Now, or as soon as all that has begun to close is closed.</summary>
    public void Run(Action action)
    {
        lock (_lock)
        {
            if (_closing.Count > 0)
            {
                _waiting.Enqueue((_last, action));
                return;
            }
        }

        action();
    }

    private Action? TakeReady()
    {
        lock (_lock)
            return _waiting.TryPeek(out var next) && (_closing.Count == 0 || _closing.Min.Order > next.Last) ? _waiting.Dequeue().Action : null;
    }
}
