using System.Numerics;
using DrmActors.Hardware.Native;

namespace DrmActors.Hardware.Memory;

/// <summary>
/// Splits a range of pages into runs: free, dirty, in use. Free runs stand in one list a size class (eight classes
/// a power of two), so taking and giving back take the same time whatever the number of runs; neighbours of one kind
/// are merged at once. Not thread-safe.
/// </summary>
internal sealed class PageRuns : IDisposable
{
    private const int Classes = 256;
    private const int ClassBits = 3;

    private readonly NativeTable<PageTag> _tags;
    private readonly int[] _heads = new int[Classes];
    private readonly ulong[] _filled = new ulong[Classes / 64];
    private readonly int _pages;

    // The longer a run has been dirty, the more of its neighbours have joined it.
    private int _oldestDirty = PageTag.None;
    private int _newestDirty = PageTag.None;

    internal PageRuns(int pages)
    {
        _pages = pages;
        _tags = new(pages);
        Array.Fill(_heads, PageTag.None);
        Mark(0, pages, RunState.Free);
        LinkFree(0);
    }

    internal int DirtyPages { get; private set; }

    /// <summary>The tag of a page that is inside the range.</summary>
    internal ref PageTag this[int page] => ref _tags[page];

    /// <summary>Takes a free run, which becomes busy.</summary>
    /// <returns>Its first page, or <see cref="PageTag.None"/>.</returns>
    internal int Take(int pages)
    {
        var start = Find(pages);
        if (start == PageTag.None)
            return start;
        UnlinkFree(start);
        var rest = _tags[start].Pages - pages;
        if (rest > 0)
        {
            Mark(start + pages, rest, RunState.Free);
            LinkFree(start + pages);
        }
        Mark(start, pages, RunState.Busy);
        _tags[start].Stamp = 0;
        return start;
    }

    /// <summary>A run in use goes to those that wait to be punched.</summary>
    internal void GiveDirty(int start)
    {
        var pages = _tags[start].Pages;
        DirtyPages += pages;
        if (NextIs(start, RunState.Dirty, out var next))
        {
            pages += _tags[next].Pages;
            UnlinkDirty(next);
        }
        if (PreviousIs(start, RunState.Dirty, out var previous))
        {
            Mark(previous, _tags[previous].Pages + pages, RunState.Dirty);
            return;
        }
        Mark(start, pages, RunState.Dirty);
        LinkDirty(start);
    }

    /// <summary>Takes the oldest dirty runs, which become busy.</summary>
    /// <returns>The first; each one's <see cref="PageTag.Link"/> is the next one.</returns>
    internal int TakeDirty(int runs, out int pages)
    {
        pages = 0;
        var (first, last) = (_oldestDirty, PageTag.None);
        for (var run = first; run != PageTag.None && runs-- > 0; run = _tags[run].Link)
        {
            SetState(run, RunState.Busy);
            pages += _tags[run].Pages;
            last = run;
        }
        DirtyPages -= pages;
        if (last == PageTag.None)
            return PageTag.None;
        _oldestDirty = _tags[last].Link;
        _tags[last].Link = PageTag.None;
        if (_oldestDirty == PageTag.None)
            _newestDirty = PageTag.None;
        else
            _tags[_oldestDirty].BackLink = PageTag.None;
        return first;
    }

    /// <summary>A run whose memory is zero again can be taken again.</summary>
    internal void GiveFree(int start)
    {
        var pages = _tags[start].Pages;
        SetState(start, RunState.Free);
        if (NextIs(start, RunState.Free, out var next))
        {
            pages += _tags[next].Pages;
            UnlinkFree(next);
        }
        if (PreviousIs(start, RunState.Free, out var previous))
        {
            pages += _tags[previous].Pages;
            UnlinkFree(previous);
            start = previous;
        }
        Mark(start, pages, RunState.Free);
        LinkFree(start);
    }

    internal void SetState(int start, RunState state) => Mark(start, _tags[start].Pages, state);

    /// <summary>The memfds of all runs in use.</summary>
    internal IEnumerable<int> Descriptors()
    {
        for (var run = 0; run < _pages; run += _tags[run].Pages)
        {
            if (_tags[run].Stamp != 0 && _tags[run].Descriptor != PageTag.None)
                yield return _tags[run].Descriptor;
        }
    }

    public void Dispose() => _tags.Dispose();

    // Below 8 pages a class is one size; above, the three digits after the highest one tell it, and the rest is its width.
    private static int ClassOf(int pages)
    {
        var shift = WidthBits(pages);
        return (shift << ClassBits) + (pages >> shift);
    }

    private static int WidthBits(int pages) => Math.Max(BitOperations.Log2((uint)pages) - ClassBits, 0);

    private int Find(int pages)
    {
        // Every run fits whose class begins at the size or above. Only where there is none is the class searched that
        // the size falls into: a request fails only when nothing fits.
        var own = ClassOf(pages);
        var sure = ClassOf(pages + (1 << WidthBits(pages)) - 1);
        var run = FirstFrom(sure);
        if (run != PageTag.None || own == sure)
            return run;
        for (run = _heads[own]; run != PageTag.None && _tags[run].Pages < pages;)
            run = _tags[run].Link;
        return run;
    }

    private int FirstFrom(int sizeClass)
    {
        var mask = ulong.MaxValue << (sizeClass & 63);
        for (var word = sizeClass >> 6; word < _filled.Length; word++)
        {
            var bits = _filled[word] & mask;
            if (bits != 0)
                return _heads[(word << 6) + BitOperations.TrailingZeroCount(bits)];
            mask = ulong.MaxValue;
        }
        return PageTag.None;
    }

    private bool NextIs(int start, RunState state, out int next)
    {
        next = start + _tags[start].Pages;
        return next < _pages && _tags[next].State == state;
    }

    private bool PreviousIs(int start, RunState state, out int previous)
    {
        previous = start;
        if (start == 0 || _tags[start - 1].State != state)
            return false;
        previous = start - _tags[start - 1].Pages;
        return true;
    }

    private void Mark(int start, int pages, RunState state)
    {
        ref var first = ref _tags[start];
        first.Pages = pages;
        first.State = state;
        ref var last = ref _tags[start + pages - 1];
        last.Pages = pages;
        last.State = state;
    }

    private void LinkFree(int start)
    {
        var sizeClass = ClassOf(_tags[start].Pages);
        Link(ref _heads[sizeClass], start);
        _filled[sizeClass >> 6] |= 1UL << (sizeClass & 63);
    }

    private void UnlinkFree(int start)
    {
        var sizeClass = ClassOf(_tags[start].Pages);
        Unlink(ref _heads[sizeClass], start);
        if (_heads[sizeClass] == PageTag.None)
            _filled[sizeClass >> 6] &= ~(1UL << (sizeClass & 63));
    }

    private void LinkDirty(int start)
    {
        ref var tag = ref _tags[start];
        tag.Link = PageTag.None;
        tag.BackLink = _newestDirty;
        if (_newestDirty == PageTag.None)
            _oldestDirty = start;
        else
            _tags[_newestDirty].Link = start;
        _newestDirty = start;
    }

    private void UnlinkDirty(int start)
    {
        if (_newestDirty == start)
            _newestDirty = _tags[start].BackLink;
        Unlink(ref _oldestDirty, start);
    }

    private void Link(ref int head, int start)
    {
        ref var tag = ref _tags[start];
        tag.Link = head;
        tag.BackLink = PageTag.None;
        if (head != PageTag.None)
            _tags[head].BackLink = start;
        head = start;
    }

    private void Unlink(ref int head, int start)
    {
        ref var tag = ref _tags[start];
        if (tag.BackLink == PageTag.None)
            head = tag.Link;
        else
            _tags[tag.BackLink].Link = tag.Link;
        if (tag.Link != PageTag.None)
            _tags[tag.Link].BackLink = tag.BackLink;
    }
}
