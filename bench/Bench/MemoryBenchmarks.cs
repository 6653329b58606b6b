using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Memory;

namespace DrmActors.Bench;

/// <summary>The arena: writing what it maps, and what a block costs in time and memory.</summary>
internal static unsafe class MemoryBenchmarks
{
    private const int BufferBytes = 8 << 20;

    public static IEnumerable<BenchRow> Run()
    {
        yield return Write();
        yield return Flatness(touched: false);
        yield return Flatness(touched: true);
        yield return Overhead();
        yield return Batch();
    }

    private static BenchRow Write()
    {
        using var arena = new Arena(new ArenaOptions());
        arena.TryAllocate(BufferBytes, ArenaBacking.Shared, out var block);
        using var mapping = new GemMapping(arena, block);
        var native = NativeMemory.AlignedAlloc(BufferBytes, Arena.PageSize);
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 300; round++)
        {
            // In turn, and each first in every other round; each round is judged by itself.
            if (round % 2 == 0)
                theirs.Add(Measure(() => Draw(new Span<byte>(native, BufferBytes), round)));
            ours.Add(Measure(() => Draw(mapping.Span, round)));
            if (round % 2 == 1)
                theirs.Add(Measure(() => Draw(new Span<byte>(native, BufferBytes), round)));
            // The first rounds touch the pages and let the JIT settle.
            if (round >= 100)
                ratios.Add(theirs[^1] / ours[^1]);
        }
        NativeMemory.AlignedFree(native);
        arena.Free(block);
        return new(
            "writing a mapped 8 MiB buffer", "the same loop on NativeMemory", Interleaved.Median(ratios), 0.97,
            $"at least; {BufferBytes / Interleaved.Median(ours) / 1e9:f1} GB/s against {BufferBytes / Interleaved.Median(theirs) / 1e9:f1}");
    }

    // A client's drawing loop: pixel by pixel, none of them the same as before.
    private static void Draw(Span<byte> bytes, int round)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(bytes);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (uint)(i + round);
    }

    private static BenchRow Flatness(bool touched)
    {
        using var arena = new Arena(new ArenaOptions());
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = 0; round < 7; round++)
        {
            few.Add(Replace(arena, 1_000, touched));
            many.Add(Replace(arena, 100_000, touched));
        }
        var (small, large) = (Interleaved.Median(few), Interleaved.Median(many));
        return new(
            $"allocating{(touched ? ", touching" : "")} and freeing among 100,000 live 4 KiB blocks", "the same among 1,000", large / small, 2,
            $"at most; {large * 1e9:f0} ns against {small * 1e9:f0}, {(touched ? "in random order" : "the oldest first")}");
    }

    // Seconds a block: 100,000 replacements of one of the live ones. Those that are touched go in random order, so that
    // no two that wait to be punched are neighbours; of the others the oldest goes, so that the caches do not decide.
    private static double Replace(Arena arena, int live, bool touched)
    {
        const int calls = 100_000;
        var random = new Random(1);
        var blocks = new ArenaBlock[live];
        void Allocate(int i)
        {
            arena.TryAllocate(Arena.PageSize, ArenaBacking.Shared, out blocks[i]);
            if (touched)
                arena.Span(blocks[i])[0] = 1;
        }

        for (var i = 0; i < live; i++)
            Allocate(i);
        var seconds = Measure(() =>
        {
            for (var call = 0; call < calls; call++)
            {
                var i = touched ? random.Next(live) : call % live;
                arena.Free(blocks[i]);
                Allocate(i);
            }
        });
        foreach (var block in blocks)
            arena.Free(block);
        return seconds / calls;
    }

    private static BenchRow Overhead()
    {
        const int live = 100_000;
        using var arena = new Arena(new ArenaOptions());
        var blocks = new ArenaBlock[live];
        var (managed, native) = (GC.GetTotalMemory(forceFullCollection: true), AnonymousBytes());
        for (var i = 0; i < live; i++)
            arena.TryAllocate(Arena.PageSize, ArenaBacking.Shared, out blocks[i]);
        managed = GC.GetTotalMemory(forceFullCollection: true) - managed;
        native = AnonymousBytes() - native;
        foreach (var block in blocks)
            arena.Free(block);
        return new(
            "overhead of a live 4 KiB block, bytes", "none", (managed + native) / (double)live, 200,
            $"at most; managed {managed / (double)live:f1}, native {native / (double)live:f1}");
    }

    // What the thread pays whose call fills a batch: all of it touched, in the worst order, every other block.
    private static BenchRow Batch()
    {
        using var arena = new Arena(new ArenaOptions());
        var blocks = new ArenaBlock[16_384];
        for (var i = 0; i < blocks.Length; i++)
        {
            arena.TryAllocate(Arena.PageSize, ArenaBacking.Shared, out blocks[i]);
            arena.Span(blocks[i])[0] = 1;
        }
        var (worst, total) = (0.0, 0.0);
        for (var i = 0; i < blocks.Length; i += 2)
        {
            var seconds = Measure(() => arena.Free(blocks[i]));
            worst = Math.Max(worst, seconds);
            total += seconds;
        }
        for (var i = 1; i < blocks.Length; i += 2)
            arena.Free(blocks[i]);
        return new(
            "longest of 8,192 frees of touched, scattered pages, ms", "none", worst * 1e3, 16.7,
            $"at most a frame; {total / blocks.Length * 2 * 1e6:f2} us on average");
    }

    private static double Measure(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long AnonymousBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line["RssAnon:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
