namespace DrmActors.Bridge.Transport;

/// <summary>
/// Lets a call wait until everything that was closed before it has been given back, as in the kernel, where a close is done before the process
/// that closed can be waited for. Thread-safe; waits for nobody.
/// </summary>
internal sealed class CloseBarrier
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _closing = [];
    private readonly Queue<(ulong Last, Action Action)> _waiting = new();
    private ulong _lastTicket;

    /// <returns>The ticket to end it by.</returns>
    public ulong Begin()
    {
        lock (_lock)
        {
            _closing.Add(++_lastTicket);
            return _lastTicket;
        }
    }

    public void End(ulong ticket)
    {
        lock (_lock)
            _closing.Remove(ticket);
        while (TakeReady() is { } ready)
            ready();
    }

    /// <summary>Now, or as soon as all that has begun to close is closed.</summary>
    public void Run(Action action)
    {
        lock (_lock)
        {
            if (_closing.Count > 0)
            {
                _waiting.Enqueue((_lastTicket, action));
                return;
            }
        }

        action();
    }

    private Action? TakeReady()
    {
        lock (_lock)
            return _waiting.TryPeek(out var next) && (_closing.Count == 0 || _closing.Min > next.Last) ? _waiting.Dequeue().Action : null;
    }
}
