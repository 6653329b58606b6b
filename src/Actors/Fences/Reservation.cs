namespace DrmActors.Actors.Fences;

/// <summary>
/// What is yet to happen to a buffer's memory. An importer shares its exporter's. Fences that have been signalled count no more, and are dropped when
/// the next one comes. Thread-safe; waits for nobody.
/// </summary>
internal sealed class Reservation
{
    // Replaced as a whole: whoever looks sees one state of it.
    private Reserved[] _fences = [];

    /// <summary>There is one more fence. On the thread that added it: it tells, and waits for nothing.</summary>
    public event EventHandler? Added;

    /// <summary>What a use of the memory has to wait for: all that is at most this.</summary>
    public static FenceUsage NeededBy(bool isWrite) => isWrite ? FenceUsage.Read : FenceUsage.Write;

    /// <summary>One more fence. It takes the place of an earlier one of its context that kept nobody waiting whom it does not.</summary>
    public void Add(Fence fence, FenceUsage usage)
    {
        Reserved[] old;
        Reserved[] next;
        do
        {
            old = Volatile.Read(ref _fences);
            next = [.. old.Where(r => !IsOver(r, fence, usage)), new Reserved(fence, usage)];
        }
        while (Interlocked.CompareExchange(ref _fences, next, old) != old);
        Added?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The fences of at most this usage that have yet to come, each once for every usage that it has.</summary>
    public IReadOnlyList<Fence> Pending(FenceUsage usage)
    {
        var fences = Volatile.Read(ref _fences);
        return fences.Length == 0 ? [] : [.. fences.Where(r => r.Usage <= usage && !r.Fence.IsSignaled).Select(r => r.Fence)];
    }

    /// <summary>Nothing of at most this usage has yet to come.</summary>
    public bool IsIdle(FenceUsage usage) => Array.TrueForAll(Volatile.Read(ref _fences), r => r.Usage > usage || r.Fence.IsSignaled);

    private static bool IsOver(Reserved old, Fence next, FenceUsage usage) =>
        old.Fence.IsSignaled || (old.Fence.Context == next.Context && !old.Fence.IsAfter(next) && old.Usage >= usage);

    private readonly record struct Reserved(Fence Fence, FenceUsage Usage);
}
