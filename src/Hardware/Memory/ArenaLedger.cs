namespace DrmActors.Hardware.Memory;

/// <summary>
/// Who holds which pages of an arena, and how much of everything is out. Touches no memory and makes no system call: what
/// must be done to a run's bytes is done by the arena while the run is busy. Not thread-safe.
/// </summary>
internal sealed class ArenaLedger : IDisposable
{
    // Twice the memory in addresses, so that a request for which there is memory does not fail for the holes between
    // blocks, save in the worst of patterns. An address without memory costs nothing.
    private const int AddressesAPage = 2;

    // A process has some 65,000 mappings (vm.max_map_count), and an own block takes up to two: its own and the rest of the
    // shared one behind it. The others are left to the host.
    private const int OwnBlocksAtMost = 24_576;

    // How much may wait to be punched.
    private const int DirtyPagesAtMost = 4096;

    private readonly PageRuns _runs;

    // In pages. Held is all that is not free: used by live and parked blocks, dirty, busy. Punched is what is about to be free.
    private readonly int _capacity;
    private int _held;
    private int _used;
    private int _punched;

    private int _objects;
    private int _parked;
    private int _descriptors;
    private long _pins;
    private uint _stamp;

    /// <param name="capacity">In bytes.</param>
    internal ArenaLedger(long capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, BytesOf(int.MaxValue / AddressesAPage));
        _capacity = PagesOf(capacity);
        _runs = new(_capacity * AddressesAPage);
    }

    /// <summary>In bytes.</summary>
    internal long Capacity => BytesOf(_capacity);

    /// <summary>In bytes.</summary>
    internal long AddressSpace => BytesOf(_capacity) * AddressesAPage;

    internal bool IsPinned => _pins > 0;

    internal bool HasMuchToPunch => _runs.DirtyPages > DirtyPagesAtMost;

    internal ArenaUsage Usage => new(_objects, _used, _pins, _descriptors, _parked, BytesOf(_capacity - _used));

    internal static int PagesOf(long bytes) => (int)((bytes + Arena.PageSize - 1) / Arena.PageSize);

    internal static long BytesOf(int pages) => (long)pages * Arena.PageSize;

    /// <summary>The tag of a busy run, which belongs to the call that made it busy; or of any run, under the lock.</summary>
    internal ref PageTag this[int run] => ref _runs[run];

    /// <summary>Takes a free run, which becomes busy.</summary>
    /// <param name="mayRetry">On failure: whether it could succeed when what is dirty has been punched.</param>
    /// <returns>The run, or <see cref="PageTag.None"/>.</returns>
    internal int Take(int pages, ArenaBacking backing, out bool mayRetry)
    {
        mayRetry = false;
        if (pages > _capacity - _used || (backing == ArenaBacking.Own && _descriptors >= OwnBlocksAtMost))
            return PageTag.None;
        var run = pages <= _capacity - _held ? _runs.Take(pages) : PageTag.None;
        if (run == PageTag.None)
            mayRetry = _runs.DirtyPages + _punched > 0;
        else
            _held += pages;
        return run;
    }

    /// <summary>A busy run becomes a block.</summary>
    internal ArenaBlock Open(int run, int descriptor)
    {
        _runs.SetState(run, RunState.Live);
        // 0 is no stamp.
        if (++_stamp == 0)
            _stamp = 1;
        ref var tag = ref _runs[run];
        tag.Seen = false;
        tag.Pins = 0;
        tag.Descriptor = descriptor;
        tag.Stamp = _stamp;
        _used += tag.Pages;
        _objects++;
        if (descriptor != PageTag.None)
            _descriptors++;
        return new(BytesOf(run), BytesOf(tag.Pages), _stamp);
    }

    /// <param name="again">Also one that has been freed, and stands only by its other pins.</param>
    internal void Pin(ArenaBlock block, bool again)
    {
        ref var tag = ref again ? ref Find(block, out _) : ref FindLive(block, out _);
        tag.Seen = true;
        tag.Pins++;
        _pins++;
    }

    /// <returns>As <see cref="Free"/>.</returns>
    internal int Unpin(ArenaBlock block)
    {
        ref var tag = ref Find(block, out var run);
        if (tag.Pins == 0)
            throw NotPinned(block);
        tag.Pins--;
        _pins--;
        if (tag.Pins > 0 || tag.State == RunState.Live)
            return PageTag.None;
        _parked--;
        return Retire(run);
    }

    /// <returns>The run, busy now, if its memfd is its own and must be hidden; else <see cref="PageTag.None"/>.</returns>
    internal int Free(ArenaBlock block)
    {
        ref var tag = ref FindLive(block, out var run);
        _objects--;
        if (tag.Pins == 0)
            return Retire(run);
        _runs.SetState(run, RunState.Parked);
        _parked++;
        return PageTag.None;
    }

    /// <summary>The block's tag, be it live or parked.</summary>
    internal ref PageTag Find(ArenaBlock block, out int run)
    {
        var page = block.Offset / Arena.PageSize;
        if (page < 0 || page >= (long)_capacity * AddressesAPage)
            throw Gone(block);
        run = (int)page;
        ref var tag = ref _runs[run];
        if (tag.Stamp == 0 || block != new ArenaBlock(BytesOf(run), BytesOf(tag.Pages), tag.Stamp))
            throw Gone(block);
        return ref tag;
    }

    /// <summary>As <see cref="PageRuns.TakeDirty"/>; they come back by <see cref="GivePunched"/>, one such batch at a time.</summary>
    internal int TakeDirty(int runs) => _runs.TakeDirty(runs, out _punched);

    internal void GivePunched(int first)
    {
        _punched = 0;
        for (var run = first; run != PageTag.None;)
        {
            var next = _runs[run].Link;
            GiveFree(run);
            run = next;
        }
    }

    /// <summary>A busy run that is clean can be taken again.</summary>
    internal void GiveFree(int run)
    {
        _held -= _runs[run].Pages;
        _runs.GiveFree(run);
    }

    /// <summary>The memfds of all own blocks.</summary>
    internal IEnumerable<int> Descriptors() => _runs.Descriptors();

    internal static ArgumentException NotPinned(ArenaBlock block) => new($"{block} is not pinned.", nameof(block));

    public void Dispose() => _runs.Dispose();

    private static ArgumentException Gone(ArenaBlock block) => new($"{block} does not stand in this arena.", nameof(block));

    private ref PageTag FindLive(ArenaBlock block, out int run)
    {
        ref var tag = ref Find(block, out run);
        if (tag.State != RunState.Live)
            throw Gone(block);
        return ref tag;
    }

    private int Retire(int run)
    {
        ref var tag = ref _runs[run];
        tag.Stamp = 0;
        _used -= tag.Pages;
        if (tag.Descriptor != PageTag.None)
        {
            _descriptors--;
            _runs.SetState(run, RunState.Busy);
            return run;
        }
        if (tag.Seen)
            _runs.GiveDirty(run);
        else
            GiveFree(run);
        return PageTag.None;
    }
}
