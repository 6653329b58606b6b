using DrmActors.Hardware.Memory;
using DrmActors.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Memory;

/// <summary>Random calls on an arena and on a naive model of it, a flag a page, compared at each step.</summary>
public sealed class ArenaModelTests
{
    private const int Page = Arena.PageSize;
    private const int Capacity = 48;
    private const int Addresses = 2 * Capacity;

    [Fact]
    public void Arena_should_do_what_its_model_does() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(400), Prop.ForAll<uint[]>(calls => Run(calls)));

    private static void Run(uint[] calls)
    {
        using var arena = new Arena(new ArenaOptions { Capacity = Capacity * Page });
        var model = new Model(arena);
        foreach (var call in calls)
            model.Step(call);
        model.GiveAllBack();
        Assert.True(arena.Close().IsClean);
    }

    private sealed class Entry(ArenaBlock block, byte colour)
    {
        internal ArenaBlock Block { get; } = block;

        internal byte Colour { get; } = colour;

        internal int Pins { get; set; }

        internal bool Freed { get; set; }
    }

    private sealed class Model(Arena arena)
    {
        private readonly bool[] _taken = new bool[Addresses];
        private readonly List<Entry> _entries = [];
        private byte _colour;

        // The call's lowest digits choose what it does, the others with what.
        internal void Step(uint call)
        {
            var argument = call / 10;
            switch (call % 10)
            {
                case < 4:
                    Allocate(1 + (int)(argument % 20), argument % 3 == 0 ? ArenaBacking.Own : ArenaBacking.Shared);
                    break;
                case < 7:
                    if (Choose(entry => !entry.Freed, argument) is { } freed)
                        Free(freed);
                    break;
                case 7:
                    if (Choose(entry => !entry.Freed, argument) is { } pinned)
                        Pin(pinned);
                    break;
                case 8:
                    if (Choose(entry => entry.Pins > 0, argument) is { } unpinned)
                        Unpin(unpinned);
                    break;
                default:
                    arena.Trim();
                    break;
            }
            Compare();
        }

        internal void GiveAllBack()
        {
            foreach (var entry in _entries.ToArray())
            {
                while (entry.Pins > 0)
                    Unpin(entry);
                if (!entry.Freed)
                    Free(entry);
            }
            Compare();
        }

        private void Allocate(int pages, ArenaBacking backing)
        {
            var fits = _taken.Count(taken => taken) + pages <= Capacity && HasHole(pages);
            var error = arena.TryAllocate((pages * Page) - 5, backing, out var block);
            Assert.Equal(fits ? Errno.None : Errno.ENOMEM, error);
            if (!fits)
                return;
            Assert.Equal(pages * Page, block.Length);
            Assert.DoesNotContain(true, _taken[PagesOf(block)]);
            Array.Fill(_taken, true, (int)(block.Offset / Page), pages);
            Assert.Equal(-1, arena.Span(block).IndexOfAnyExcept((byte)0));
            _colour = (byte)Math.Max(1, _colour + 1);
            arena.Span(block).Fill(_colour);
            _entries.Add(new(block, _colour));
        }

        private void Free(Entry entry)
        {
            arena.Free(entry.Block);
            entry.Freed = true;
            ForgetIfGone(entry);
        }

        private void Pin(Entry entry)
        {
            arena.Pin(entry.Block);
            entry.Pins++;
        }

        private void Unpin(Entry entry)
        {
            arena.Unpin(entry.Block);
            entry.Pins--;
            ForgetIfGone(entry);
        }

        private void ForgetIfGone(Entry entry)
        {
            if (!entry.Freed || entry.Pins > 0)
                return;
            _entries.Remove(entry);
            Array.Fill(_taken, false, (int)(entry.Block.Offset / Page), (int)(entry.Block.Length / Page));
        }

        private void Compare()
        {
            var pages = _taken.Count(taken => taken);
            var usage = arena.Usage;
            Assert.Equal(_entries.Count(entry => !entry.Freed), usage.Objects);
            Assert.Equal(_entries.Count(entry => entry.Freed), usage.Parked);
            Assert.Equal(_entries.Sum(entry => entry.Pins), usage.Mappings);
            Assert.Equal(pages, usage.Pages);
            Assert.Equal((Capacity - pages) * Page, usage.BytesFree);
            foreach (var entry in _entries)
                Assert.Equal(-1, arena.Span(entry.Block).IndexOfAnyExcept(entry.Colour));
        }

        private bool HasHole(int pages)
        {
            var run = 0;
            foreach (var taken in _taken)
            {
                run = taken ? 0 : run + 1;
                if (run == pages)
                    return true;
            }
            return false;
        }

        private Entry? Choose(Func<Entry, bool> which, uint argument)
        {
            var candidates = _entries.Where(which).ToArray();
            return candidates.Length == 0 ? null : candidates[argument % (uint)candidates.Length];
        }

        private static Range PagesOf(ArenaBlock block) =>
            (int)(block.Offset / Page)..(int)((block.Offset + block.Length) / Page);
    }
}
