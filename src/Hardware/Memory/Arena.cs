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
public sealed partial class Arena : IDisposable
{
    /// <summary>In bytes: of the arena, and of all that DRM counts in pages.</summary>
    public const int PageSize = 4096;

    /// <summary>In bytes: how much of a block can be seen from here, from its beginning on. Other processes see all of it.</summary>
    public const int LargestSpan = int.MaxValue / PageSize * PageSize;

    // How many ranges one call punches, at some 1 us each and as much again for each page in it that was touched.
    private const int RunsACall = 32;

    private readonly Lock _lock = new();
    private readonly Lock _punching = new();
    private readonly ArenaStore _store;
    private readonly ArenaLedger _ledger;

    private volatile bool _isLent;

    // Calls that work on a busy own block outside of the lock.
    private int _underWay;
    private bool _disposed;
    private bool _released;

    public Arena(ArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Environment.SystemPageSize > PageSize)
            throw new PlatformNotSupportedException($"The arena's pages have {PageSize} bytes, this system's {Environment.SystemPageSize}.");

        _ledger = new(options.Capacity);
        _store = new(_ledger.AddressSpace);
    }

    /// <summary>Other processes may map what clients allocate from now on, whosever it is: each block of theirs is backed on its own.</summary>
    public bool IsLent => _isLent;

    /// <summary>There is no way back: a buffer may be in another process by now.</summary>
    public void Lend() => _isLent = true;

    public ArenaUsage Usage
    {
        get
        {
            lock (_lock)
                return _ledger.Usage;
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
        if (size > _ledger.Capacity)
            return Errno.ENOMEM;
        int run;
        while ((run = Take(ArenaLedger.PagesOf(size), backing, out block, out var mayRetry)) == PageTag.None)
        {
            if (!mayRetry)
                return Errno.ENOMEM;
            lock (_punching)
                Punch(RunsACall);
        }
        return backing == ArenaBacking.Shared ? Errno.None : Back(run, out block);
    }

    /// <summary>Gives a block back. One that is still pinned is parked: its memory lives until the last pin goes.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena, or was freed before.</exception>
    public void Free(ArenaBlock block)
    {
        int own;
        lock (_lock)
        {
            // What a disposed arena held was reported then.
            if (_disposed)
                return;
            own = _ledger.Free(block);
            Enter(own);
        }
        Finish(own);
    }

    /// <summary>Keeps the block's memory where it is until <see cref="Unpin"/>, also when it is freed before.</summary>
    /// <param name="again">The caller knows of another pin, so that the block may have been freed.</param>
    /// <exception cref="ArgumentException">As <see cref="Free"/>; with <paramref name="again"/>, the block does not stand in this arena.</exception>
    public void Pin(ArenaBlock block, bool again = false)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _ledger.Pin(block, again);
        }
    }

    /// <exception cref="ArgumentException">The block does not stand in this arena, or is not pinned.</exception>
    public void Unpin(ArenaBlock block)
    {
        int own;
        lock (_lock)
        {
            // Once disposed of, an arena stands only while something is pinned.
            if (_disposed && !_ledger.IsPinned)
                throw ArenaLedger.NotPinned(block);
            own = _ledger.Unpin(block);
            Enter(own);
            ReleaseIfUnused();
        }
        Finish(own);
    }

    /// <summary>Gives all freed memory back to the system now. Nobody needs to call it; an idle host may.</summary>
    public void Trim()
    {
        lock (_punching)
            Punch(int.MaxValue);
    }

    // A shared block is ready then; an own one is busy until it has its memfd.
    private int Take(int pages, ArenaBacking backing, out ArenaBlock block, out bool mayRetry)
    {
        block = default;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var run = _ledger.Take(pages, backing, out mayRetry);
            if (run == PageTag.None)
                return run;
            if (backing == ArenaBacking.Shared)
                block = _ledger.Open(run, PageTag.None);
            else
                Enter(run);
            return run;
        }
    }

    private Errno Back(int run, out ArenaBlock block)
    {
        var done = _store.TryShowOwn(Offset(run), Length(run), out var descriptor, out var clean);
        lock (_lock)
        {
            block = done ? _ledger.Open(run, descriptor) : default;
            if (!done && clean)
                _ledger.GiveFree(run);
            Leave();
            return done ? Errno.None : Errno.ENOMEM;
        }
    }

    // After a block has gone out of use: hides an own one, or punches some of what has gathered.
    private void Finish(int own)
    {
        if (own != PageTag.None)
        {
            var clean = _store.TryHideOwn(_ledger[own].Descriptor, Offset(own), Length(own));
            lock (_lock)
            {
                if (clean)
                    _ledger.GiveFree(own);
                Leave();
            }
        }
        else if (_ledger.HasMuchToPunch && _punching.TryEnter())
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
            first = _ledger.TakeDirty(runs);
        }
        for (var run = first; run != PageTag.None; run = _ledger[run].Link)
            _store.Punch(Offset(run), Length(run));
        lock (_lock)
            _ledger.GivePunched(first);
    }

    private static long Offset(int run) => ArenaLedger.BytesOf(run);

    private long Length(int run) => ArenaLedger.BytesOf(_ledger[run].Pages);
}
