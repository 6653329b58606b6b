using System.Diagnostics;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Bench;

/// <summary>Composing a frame, and its CRC, beside copying the same bytes: in turn, medians, all memory touched before.</summary>
internal static class ComposerBenchmarks
{
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Pitch = Width * 4;
    private const int Rounds = 400;
    private const int WarmUp = 150;

    public static IEnumerable<BenchRow> Run()
    {
        var source = PageAligned();
        var target = PageAligned();
        new Random(1).NextBytes(source.Span);
        source.Span.CopyTo(target.Span);

        var (copy, compose, crc) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var i = 0; i < Rounds; i++)
        {
            copy[i] = Microseconds(() => Copy(source.Span, target.Span));
            compose[i] = Microseconds(() => Compose(source.Span, target.Span));
            crc[i] = Microseconds(() => _ = FrameCrc.Compute(target.Span, Width, Height, Pitch));
        }

        var (copied, composed) = (Median(copy), Median(compose));
        yield return new BenchRow(
            $"composing {Width}x{Height} XRGB8888",
            "Buffer.MemoryCopy of the same bytes",
            copied / composed,
            0.5,
            $"{composed:f0} us a frame, the copy {copied:f0} us; the CRC of a frame {Median(crc):f0} us");
    }

    private static void Compose(ReadOnlySpan<byte> source, Span<byte> target) => Composer.Compose(
        new ScanoutPlane { Pixels = source, Format = Fourcc.Xrgb8888, Pitch = Pitch, Width = Width, Height = Height },
        Width,
        Height,
        target,
        Pitch);

    private static unsafe void Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source, to = target)
            Buffer.MemoryCopy(from, to, target.Length, source.Length);
    }

    // As buffers of the arena lie; an array's own beginning would cost one side a split cache line in every load.
    private static Memory<byte> PageAligned()
    {
        const int Page = 4096;
        var array = GC.AllocateArray<byte>(Pitch * Height + Page, pinned: true);
        var start = (int)(Page - Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % Page);
        return array.AsMemory(start, Pitch * Height);
    }

    private static double Microseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(double[] times)
    {
        var sorted = times[WarmUp..];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
