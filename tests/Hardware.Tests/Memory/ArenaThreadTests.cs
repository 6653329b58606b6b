using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Memory;

public sealed class ArenaThreadTests : ArenaFixture
{
    [Fact]
    public void Arena_should_keep_threads_out_of_each_others_blocks()
    {
        var refused = 0;
        Parallel.For(0, 4, thread =>
        {
            // Deterministic a thread; what differs is how they meet.
            var random = new Random(thread);
            var mine = new Queue<ArenaBlock>();
            for (var i = 0; i < 5_000; i++)
            {
                var backing = random.Next(8) == 0 ? ArenaBacking.Own : ArenaBacking.Shared;
                if (Arena.TryAllocate(random.Next(1, 6 * Page), backing, out var block) == Errno.None)
                {
                    Assert.Equal(-1, Arena.Span(block).IndexOfAnyExcept((byte)0));
                    Arena.Span(block).Fill((byte)(thread + 1));
                    mine.Enqueue(block);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
                var kept = random.Next(24);
                while (mine.Count > kept)
                    GiveBack(mine.Dequeue(), (byte)(thread + 1), random.Next(3) == 0);
            }
            while (mine.TryDequeue(out var block))
                GiveBack(block, (byte)(thread + 1), pinned: true);
        });

        Assert.True(refused > 0, "the arena never was full");
    }

    [Fact]
    public void Arena_should_not_refuse_what_others_have_given_back()
    {
        // Each thread holds at most a quarter, so no request may fail, whatever is being punched at that moment.
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                Assert.Equal(Errno.None, Arena.TryAllocate(CapacityPages / 4 * Page, ArenaBacking.Shared, out var block));
                Arena.Span(block)[0] = 1;
                Arena.Free(block);
            }
        });
    }

    private void GiveBack(ArenaBlock block, byte colour, bool pinned)
    {
        if (!pinned)
        {
            Assert.Equal(-1, Arena.Span(block).IndexOfAnyExcept(colour));
            Arena.Free(block);
            return;
        }
        using var mapping = new GemMapping(Arena, block);
        Arena.Free(block);
        Assert.Equal(-1, mapping.Span.IndexOfAnyExcept(colour));
    }
}
