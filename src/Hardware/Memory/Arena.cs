using System.Buffers;
using DrmActors.Messages;

namespace DrmActors.Hardware.Memory;

/// <summary>
/// The memory of buffers: one reservation of address space, blocks are ranges of it, and none of it is on the managed
/// heap. Thread-safe: the devices of a host share one.
/// </summary>
/// <remarks>
/// A block's life is <c>Free → Live → Dirty → Busy → Free</c>, through <c>Parked</c> where it is freed while pinned, past
/// <c>Dirty</c> where its memfd is its own, and straight to <c>Free</c> where nobody was ever given its bytes. Free memory
/// is always zero: a hole of the shared memfd. Freed shared memory gathers until there is a batch, so that neighbours
/// join and one system call serves them. Then each call that frees punches some of it, outside of the lock, and one that
/// would fail otherwise punches until it does not: no call pays for more than a few, and no thread of ours decides
/// anything behind a seeded world's back, because when a range is punched changes no result of any call.
/// </remarks>
public sealed class Arena : IDisposable
{
    /// <summary>In bytes: of the arena, and of all that DRM counts in pages.</summary>
    public const int PageSize = 4096;

    // Twice the memory in addresses, so that a request for which there is memory does not fail for the holes between
    // blocks, save in the worst of patterns. An address without memory costs nothing.
    private const int AddressesAPage = 2;

    // A process has some 65,000 mappings (vm.max_map_count), and an own block takes up to two: its own and the rest of the
    // shared one behind it. The others are left to the host.
    private const int OwnBlocksAtMost = 24_576;

    // How much may wait to be punched, in pages; and how many ranges one call punches, at some 1 us each and as much again for each touched page.
    private const int DirtyPagesAtMost = 4096;
    private const int RunsACall = 32;

    private readonly Lock _lock = new();
    private readonly Lock _punching = new();
    private readonly ArenaStore _store;
    private readonly PageRuns _runs;

    // In pages. Held is all that is not free: used by live and parked blocks, dirty, busy. Punched are those on their way to be free.
    private readonly int _capacity;
    private int _held;
    private int _used;
    private int _punched;

    private int _objects;
    private int _parked;
    private int _descriptors;
    private long _pins;
    private uint _stamp;

    // Calls that work on a busy own block outside of the lock.
    private int _underWay;
    private bool _disposed;

    public Arena(ArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Capacity, BytesOf(int.MaxValue / AddressesAPage));
        if (Environment.SystemPageSize > PageSize)
            throw new PlatformNotSupportedException($"The arena's pages have {PageSize} bytes, this system's {Environment.SystemPageSize}.");

        _capacity = PagesOf(options.Capacity);
        _store = new(BytesOf(_capacity) * AddressesAPage);
        _runs = new(_capacity * AddressesAPage);
    }

    public ArenaUsage Usage
    {
        get
        {
            lock (_lock)
                return UsageNow();
        }
    }

    /// <param name="size">In bytes, rounded up to a page.</param>
    /// <param name="block">Zeroed, and not pinned; empty on failure.</param>
    /// <returns><see cref="Errno.EINVAL"/> when <paramref name="size"/> is not positive; <see cref="Errno.ENOMEM"/> when there is no memory, address, mapping or descriptor for it.</returns>
    public Errno TryAllocate(long size, ArenaBacking backing, out ArenaBlock block)
    {
        block = default;
        if (size <= 0)
            return Errno.EINVAL;
        if (size > BytesOf(_capacity))
            return Errno.ENOMEM;
        int start;
        while ((start = Take(PagesOf(size), backing, out block, out var mayRetry)) == PageTag.None)
        {
            if (!mayRetry)
                return Errno.ENOMEM;
            lock (_punching)
                Punch(RunsACall);
        }
        return backing == ArenaBacking.Shared ? Errno.None : Back(start, PagesOf(size), out block);
    }

    /// <summary>Gives a block back. One that is still pinned is parked: its memory lives until the last pin goes.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena, or was freed before.</exception>
    public void Free(ArenaBlock block)
    {
        Retired retired;
        lock (_lock)
        {
            // What a disposed arena held was reported then.
            if (_disposed)
                return;
            ref var tag = ref FindLive(block, out var start);
            _objects--;
            if (tag.Pins > 0)
            {
                _runs.SetState(start, RunState.Parked);
                _parked++;
                return;
            }
            retired = Retire(start);
        }
        Finish(retired);
    }

    /// <summary>Keeps the block's memory where it is until <see cref="Unpin"/>, also when it is freed before.</summary>
    /// <exception cref="ArgumentException">As <see cref="Free"/>.</exception>
    public void Pin(ArenaBlock block)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ref var tag = ref FindLive(block, out _);
            tag.Seen = true;
            tag.Pins++;
            _pins++;
        }
    }

    /// <exception cref="ArgumentException">The block does not stand in this arena, or is not pinned.</exception>
    public void Unpin(ArenaBlock block)
    {
        Retired retired;
        lock (_lock)
        {
            // Once disposed, an arena stands only while something is pinned.
            if (_disposed && _pins == 0)
                throw NotPinned(block);
            ref var tag = ref Find(block, out var start);
            if (tag.Pins == 0)
                throw NotPinned(block);
            tag.Pins--;
            _pins--;
            if (_disposed)
                ReleaseIfUnused();
            if (_disposed || tag.Pins > 0 || tag.State == RunState.Live)
                return;
            _parked--;
            retired = Retire(start);
        }
        Finish(retired);
    }

    /// <summary>The block's bytes. They are the caller's only until the block is freed, against which a <see cref="GemMapping"/> guards.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public Span<byte> Span(ArenaBlock block)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Find(block, out _).Seen = true;
            return _store.Span(block);
        }
    }

    /// <summary>The memfd of a block with <see cref="ArenaBacking.Own"/>, open until the block is freed and unpinned. The shared one is never handed out.</summary>
    /// <exception cref="InvalidOperationException">The block is a shared one.</exception>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public int DescriptorOf(ArenaBlock block)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var descriptor = Find(block, out _).Descriptor;
            return descriptor != PageTag.None
                ? descriptor
                : throw new InvalidOperationException($"{block} has no memfd of its own.");
        }
    }

    /// <summary>Gives all freed memory back to the system now. Nobody needs to call it; an idle host may.</summary>
    public void Trim()
    {
        lock (_punching)
            Punch(int.MaxValue);
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    /// <summary>Ends the arena and says what was still out. Memory that is pinned stays readable until the last pin goes.</summary>
    public LeakReport Close()
    {
        // No batch is under way behind the back of the release.
        lock (_punching)
        {
            lock (_lock)
            {
                var report = LeakReport.Of(UsageNow());
                if (!_disposed)
                {
                    _disposed = true;
                    ReleaseIfUnused();
                }
                return report;
            }
        }
    }

    // SAFETY: the caller holds a pin on the block.
    internal Span<byte> PinnedSpan(ArenaBlock block) => _store.Span(block);

    // SAFETY: the caller holds a pin on the block until owner.Unpin is called.
    internal MemoryHandle PinnedHandle(ArenaBlock block, int index, IPinnable owner) => _store.Pin(block, index, owner);

    private static int PagesOf(long bytes) => (int)((bytes + PageSize - 1) / PageSize);

    private static long BytesOf(int pages) => (long)pages * PageSize;

    private static ArgumentException Gone(ArenaBlock block) => new($"{block} does not stand in this arena.", nameof(block));

    private static ArgumentException NotPinned(ArenaBlock block) => new($"{block} is not pinned.", nameof(block));

    private ArenaUsage UsageNow() => new(_objects, _used, _pins, _descriptors, _parked, BytesOf(_capacity - _used));

    private ref PageTag Find(ArenaBlock block, out int start)
    {
        var page = block.Offset / PageSize;
        if (page < 0 || page >= (long)_capacity * AddressesAPage)
            throw Gone(block);
        start = (int)page;
        ref var tag = ref _runs[start];
        if (tag.Stamp == 0 || block != new ArenaBlock(BytesOf(start), BytesOf(tag.Pages), tag.Stamp))
            throw Gone(block);
        return ref tag;
    }

    private ref PageTag FindLive(ArenaBlock block, out int start)
    {
        ref var tag = ref Find(block, out start);
        if (tag.State != RunState.Live)
            throw Gone(block);
        return ref tag;
    }

    // A shared block is ready then; an own one is busy until it has its memfd.
    private int Take(int pages, ArenaBacking backing, out ArenaBlock block, out bool mayRetry)
    {
        block = default;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            mayRetry = false;
            if (backing == ArenaBacking.Own && _descriptors >= OwnBlocksAtMost)
                return PageTag.None;
            var start = pages <= _capacity - _held ? _runs.Take(pages) : PageTag.None;
            if (start == PageTag.None)
            {
                mayRetry = _runs.DirtyPages + _punched > 0;
                return start;
            }
            _held += pages;
            if (backing == ArenaBacking.Shared)
                block = Open(start, PageTag.None);
            else
                _underWay++;
            return start;
        }
    }

    private Errno Back(int start, int pages, out ArenaBlock block)
    {
        var done = _store.TryShowOwn(BytesOf(start), BytesOf(pages), out var descriptor, out var clean);
        lock (_lock)
        {
            block = default;
            if (done)
            {
                block = Open(start, descriptor);
                _descriptors++;
            }
            else if (clean)
            {
                GiveFree(start);
            }
            Leave();
            return done ? Errno.None : Errno.ENOMEM;
        }
    }

    private ArenaBlock Open(int start, int descriptor)
    {
        _runs.SetState(start, RunState.Live);
        // 0 is no stamp.
        if (++_stamp == 0)
            _stamp = 1;
        ref var tag = ref _runs[start];
        tag.Seen = false;
        tag.Pins = 0;
        tag.Descriptor = descriptor;
        tag.Stamp = _stamp;
        _used += tag.Pages;
        _objects++;
        return new(BytesOf(start), BytesOf(tag.Pages), _stamp);
    }

    // What is left to do outside of the lock when a run has gone out of use.
    private readonly record struct Retired(int Start, int Pages, int Descriptor, bool MustPunch);

    private Retired Retire(int start)
    {
        ref var tag = ref _runs[start];
        tag.Stamp = 0;
        _used -= tag.Pages;
        var retired = new Retired(start, tag.Pages, tag.Descriptor, MustPunch: false);
        if (tag.Descriptor == PageTag.None)
        {
            if (tag.Seen)
                _runs.GiveDirty(start);
            else
                GiveFree(start);
            return retired with { MustPunch = _runs.DirtyPages > DirtyPagesAtMost };
        }
        _runs.SetState(start, RunState.Busy);
        _descriptors--;
        _underWay++;
        return retired;
    }

    private void Finish(Retired retired)
    {
        if (retired.Descriptor != PageTag.None)
        {
            var clean = _store.TryHideOwn(retired.Descriptor, BytesOf(retired.Start), BytesOf(retired.Pages));
            lock (_lock)
            {
                if (clean)
                    GiveFree(retired.Start);
                Leave();
            }
        }
        else if (retired.MustPunch && _punching.TryEnter())
        {
            // Where another thread is at it already, that is enough.
            try
            {
                Punch(RunsACall);
            }
            finally
            {
                _punching.Exit();
            }
        }
    }

    // Under the punching lock.
    private void Punch(int runs)
    {
        int first;
        lock (_lock)
        {
            if (_disposed)
                return;
            first = _runs.TakeDirty(runs, out _punched);
        }
        for (var run = first; run != PageTag.None; run = _runs[run].Link)
            _store.Punch(BytesOf(run), BytesOf(_runs[run].Pages));
        lock (_lock)
        {
            _punched = 0;
            for (var run = first; run != PageTag.None;)
            {
                var next = _runs[run].Link;
                GiveFree(run);
                run = next;
            }
        }
    }

    private void GiveFree(int start)
    {
        _held -= _runs[start].Pages;
        _runs.GiveFree(start);
    }

    private void Leave()
    {
        _underWay--;
        if (_disposed)
            ReleaseIfUnused();
    }

    private void ReleaseIfUnused()
    {
        if (_pins > 0 || _underWay > 0)
            return;
        foreach (var descriptor in _runs.Descriptors())
            ArenaStore.CloseOwn(descriptor);
        _runs.Dispose();
        _store.Dispose();
    }
}
