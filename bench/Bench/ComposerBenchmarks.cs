using System.Diagnostics;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Bench;

/// <summary>Composing frames on one thread beside pixman over the same buffers, and beside copying: in turn, medians of the rounds' ratios.</summary>
internal static class ComposerBenchmarks
{
    private const int Rounds = 150;

    // Longer than the runtime takes to compile what is hot once more.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<BenchRow> Run()
    {
        yield return Copying();
        yield return OverThreads();
        if (!Pixman.IsThere)
        {
            Console.Error.WriteLine("  libpixman-1-0 is not installed; nothing to compare with");
            yield break;
        }

        yield return BesidePixman(
            new Scene(1920, 1080, hasWriteback: false)
                .With(Fourcc.Xrgb8888, 1920, 1080, 0, 0)
                .With(Fourcc.Argb8888, 1440, 720, 240, 180)
                .With(Fourcc.Argb8888, 64, 64, 900, 500),
            "composing 1920x1080 XRGB8888, ARGB8888 over half of it, a cursor");
        yield return BesidePixman(
            new Scene(3841, 2161, hasWriteback: true)
                .With(Fourcc.Xrgb8888, 3639, 2161, 101, 0)
                .With(FormatTable.Fourcc("XB30"), 3033, 1777, 201, 199)
                .With(Fourcc.Argb8888, 1507, 1400, 1800, 250),
            "composing 3841x2161 XRGB8888, XBGR2101010, ARGB8888, and writeback");
    }

    private static BenchRow Copying()
    {
        var scene = new Scene(1920, 1080, hasWriteback: false).With(Fourcc.Xrgb8888, 1920, 1080, 0, 0);
        var (source, target, pitch) = (scene.Planes[0].Memory[0].Bytes, scene.Wire, scene.Crtc.Width * 4);
        var (ours, theirs, ratio) = Interleave(() => scene.Compose(), () => source.Span.CopyTo(target.Span));
        var crc = Interleave(() => FrameCrc.Compute(target.Span, 1920, 1080, pitch), () => source.Span.CopyTo(target.Span)).Ours;
        return new BenchRow(
            "composing 1920x1080 XRGB8888",
            "copying the same bytes",
            ratio,
            0.5,
            $"{ours:f0} us a frame, the copy {theirs:f0} us; the CRC of a frame {crc:f0} us");
    }

    private static BenchRow OverThreads()
    {
        var scene = new Scene(3840, 2160, hasWriteback: false)
            .With(Fourcc.Xrgb8888, 3840, 2160, 0, 0)
            .With(FormatTable.Fourcc("XB30"), 3033, 1777, 201, 199)
            .With(Fourcc.Argb8888, 1507, 1400, 1800, 250);
        var (one, all) = (new BandedComposer(threads: 1), new BandedComposer(Environment.ProcessorCount));
        var (ours, theirs, ratio) = Interleave(() => scene.ComposeOver(all), () => scene.ComposeOver(one));
        return new BenchRow(
            $"composing 3840x2160 XRGB8888, XBGR2101010, ARGB8888 on {Environment.ProcessorCount} threads",
            "on one",
            ratio,
            0.75 * Environment.ProcessorCount,
            $"{ours:f0} us a frame, {1e6 / ours:f0} frames a second; on one {theirs:f0} us");
    }

    private static BenchRow BesidePixman(Scene scene, string what)
    {
        var (ours, theirs, ratio) = Interleave(scene.Compose, scene.ComposeWithPixman);
        return new BenchRow(
            what,
            "pixman, SRC and OVER of the same buffers",
            ratio,
            1,
            $"{ours:f0} us a frame, {1e6 / ours:f0} frames a second on one thread; pixman {theirs:f0} us");
    }

    private static (double Ours, double Theirs, double Ratio) Interleave(Action ours, Action theirs)
    {
        var (first, second, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
            (_, _) = (Microseconds(theirs), Microseconds(ours));
        for (var i = 0; i < Rounds; i++)
        {
            var (yardstick, subject) = (Microseconds(theirs), Microseconds(ours));
            first.Add(subject);
            second.Add(yardstick);
            ratios.Add(yardstick / subject);
        }

        return (Interleaved.Median(first), Interleaved.Median(second), Interleaved.Median(ratios));
    }

    private static double Microseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
