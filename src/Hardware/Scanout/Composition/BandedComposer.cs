using System.Runtime.ExceptionServices;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Where a picture goes: asked for on each thread that composes a part of it.</summary>
public delegate PictureTarget TargetOf();

/// <summary>
/// A composer for large pictures: bands of rows, each on a thread with a composer of its own, give the same bytes as one thread does. The caller's thread
/// takes part, and is back when all are done.
/// </summary>
/// <param name="threads">
/// At most. With one nothing is started, and everything happens in one order: a seeded world, or a time that somebody else moves, has no more.
/// </param>
/// <param name="leastPixels">A smaller picture is done sooner than others are woken.</param>
public sealed class BandedComposer(int threads, int leastPixels = BandedComposer.LeastPixels)
{
    private const int LeastPixels = 1 << 19;

    private readonly FrameComposer[] _composers = [.. Enumerable.Range(0, threads).Select(_ => new FrameComposer())];

    /// <summary>All of a picture.</summary>
    /// <exception cref="ArgumentException">As of <see cref="FrameComposer.Compose"/>.</exception>
    public void Compose(CrtcInput crtc, PlaneInput[] planes, TargetOf wire)
    {
        if (_composers.Length == 1 || crtc.Width * crtc.Height < leastPixels)
        {
            Compose(crtc, planes, wire, []);
            return;
        }

        try
        {
            Parallel.For(0, _composers.Length, band => _composers[band].Compose(
                crtc, planes, wire(), clips: [new PixelArea(0, Row(crtc, band), crtc.Width, Row(crtc, band + 1))]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    /// <summary>Some of its parts, on the caller's thread; all of it where there are none.</summary>
    /// <exception cref="ArgumentException">As of <see cref="FrameComposer.Compose"/>.</exception>
    public void Compose(CrtcInput crtc, PlaneInput[] planes, TargetOf wire, ReadOnlySpan<PixelArea> clips) =>
        _composers[0].Compose(crtc, planes, wire(), clips: clips);

    private int Row(CrtcInput crtc, int band) => (int)((long)crtc.Height * band / _composers.Length);
}
