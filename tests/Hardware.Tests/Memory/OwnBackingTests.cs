using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Native;
using DrmActors.Messages;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Hardware.Tests.Memory;

[Collection(nameof(AloneInTheProcess))]
public sealed class OwnBackingTests : ArenaFixture
{
    [Fact]
    public void Own_block_should_show_the_bytes_of_its_memfd()
    {
        var block = Allocate(2 * Page, ArenaBacking.Own);
        using var other = OpenAgain(Arena.DescriptorOf(block));

        Arena.Span(block)[Page + 3] = 0x42;
        RandomAccess.Write(other, [0x43], 5);

        var read = new byte[1];
        Assert.Equal(1, RandomAccess.Read(other, read, Page + 3));
        Assert.Equal(0x42, read[0]);
        Assert.Equal(0x43, Arena.Span(block)[5]);
        Assert.Equal(2 * Page, RandomAccess.GetLength(other));
        Arena.Free(block);
    }

    [Fact]
    public void Own_memfd_should_be_sealed_in_its_size()
    {
        var block = Allocate(2 * Page, ArenaBacking.Own);
        var descriptor = Arena.DescriptorOf(block);

        Assert.Equal(Libc.SealSealShrinkGrow, Libc.Control(descriptor, Libc.GetSeals, 0));
        foreach (var length in new[] { Page, 3 * Page })
        {
            Assert.Equal(-1, Libc.Truncate(descriptor, length));
            Assert.Equal(Errno.EPERM, Libc.LastError);
        }
        Arena.Free(block);
    }

    [Fact]
    public void Own_memory_should_stay_with_another_holder_and_show_it_nothing_of_the_next_owner()
    {
        var block = Allocate(CapacityPages * Page, ArenaBacking.Own);
        Arena.Span(block).Fill(0x11);
        using var other = OpenAgain(Arena.DescriptorOf(block));
        Arena.Free(block);

        foreach (var backing in new[] { ArenaBacking.Own, ArenaBacking.Shared })
        {
            var next = Allocate(CapacityPages * Page, backing);
            Arena.Span(next).Fill(0x22);
            var read = new byte[CapacityPages * Page];
            Assert.Equal(read.Length, RandomAccess.Read(other, read, 0));
            Assert.Equal(-1, read.AsSpan().IndexOfAnyExcept((byte)0x11));
            Arena.Free(next);
        }
    }

    [Fact]
    public void Own_memfd_should_be_closed_with_its_block()
    {
        var before = OpenGemFiles();
        var blocks = Enumerable.Range(0, CapacityPages).Select(_ => Allocate(Page, ArenaBacking.Own)).ToArray();
        Assert.Equal(before + CapacityPages, OpenGemFiles());

        foreach (var block in blocks)
            Arena.Free(block);

        Assert.Equal(before, OpenGemFiles());
    }

    [Fact]
    public void Arena_should_close_the_memfds_that_were_left_to_it()
    {
        var before = OpenGemFiles();
        var arena = new Arena(new ArenaOptions { Capacity = 4 * Page });
        Assert.Equal(Errno.None, arena.TryAllocate(Page, ArenaBacking.Own, out _));
        Assert.Equal(before + 1, OpenGemFiles());

        Assert.Equal(new LeakReport(1, 1, 0, 1), arena.Close());

        Assert.Equal(before, OpenGemFiles());
    }

    [Fact]
    public void Arena_should_answer_ENOMEM_when_the_process_can_hold_no_more_memfds()
    {
        const int pages = 32_768;
        using var arena = new Arena(new ArenaOptions { Capacity = (long)pages * Page });
        var blocks = new List<ArenaBlock>(pages);
        Errno error;
        while ((error = arena.TryAllocate(Page, ArenaBacking.Own, out var block)) == Errno.None)
            blocks.Add(block);
        var usage = arena.Usage;
        var shared = arena.TryAllocate(Page, ArenaBacking.Shared, out var small);
        foreach (var block in blocks)
            arena.Free(block);

        Assert.Equal(Errno.ENOMEM, error);
        Assert.Equal(Errno.None, shared);
        Assert.Equal((blocks.Count, blocks.Count, (long)(pages - blocks.Count) * Page), (usage.Objects, usage.Descriptors, usage.BytesFree));
        arena.Free(small);
        Assert.Equal(Errno.None, arena.TryAllocate((long)pages * Page, ArenaBacking.Own, out var all));
        arena.Free(all);
        Assert.True(arena.Close().IsClean);
    }

    private static int OpenGemFiles() =>
        Directory.GetFileSystemEntries("/proc/self/fd")
            .Count(path => new FileInfo(path).LinkTarget?.StartsWith("/memfd:drm-gem", StringComparison.Ordinal) ?? false);

    // As another process would hold it: a file of its own on the same memory.
    private static SafeFileHandle OpenAgain(int descriptor) =>
        File.OpenHandle($"/proc/self/fd/{descriptor}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
