namespace DrmActors.Actors.Descriptors;

/// <summary>
/// What eventfd(2) makes: a counter that anybody adds to, and whose reader takes all of it. It counts on where its descriptors are closed, and nobody
/// reads. Thread-safe.
/// </summary>
internal class EventCounter(ulong count = 0) : Description
{
    // What a real one holds at the most.
    private const ulong Most = ulong.MaxValue - 1;

    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _readers = [];
    private ulong _count = count;

    /// <summary>Never waits: what does not fit is lost, as with the kernel's own.</summary>
    public virtual void Add(ulong count)
    {
        TaskCompletionSource[] readers;
        lock (_lock)
        {
            _count = count > Most - _count ? Most : _count + count;
            readers = [.. _readers];
            _readers.Clear();
        }

        foreach (var reader in readers)
            reader.TrySetResult();
    }

    /// <summary>All that was counted since the last time; 0 for nothing.</summary>
    public ulong Take()
    {
        lock (_lock)
        {
            var taken = _count;
            _count = 0;
            return taken;
        }
    }

    /// <summary>Ends when something has been counted, or has been taken by somebody else meanwhile.</summary>
    public Task CountedAsync()
    {
        lock (_lock)
        {
            if (_count > 0)
                return Task.CompletedTask;
            var reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _readers.Add(reader);
            return reader.Task;
        }
    }

    protected override void Released()
    {
    }
}
