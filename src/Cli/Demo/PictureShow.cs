using DrmActors.Hardware.Time;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Cli.Demo;

/// <summary>What a show has measured.</summary>
/// <param name="Shown">From the first flip's vblank to the last one's, as the card's clock has it.</param>
/// <param name="Taken">From the first flip's event to the last one's, as the wall's clock has it.</param>
internal sealed record ShowResult(int Frames, TimeSpan Shown, TimeSpan Taken, long Missed, uint FirstSequence, uint LastSequence);

/// <summary>Shows a picture frame by frame: draws what is not shown, flips to it, and waits for the event.</summary>
internal sealed class PictureShow(DrmCard card, DemoOutput output, DoubleBuffer screen, Picture picture)
{
    public async Task<ShowResult> RunAsync(int frames, CancellationToken cancellation)
    {
        using var wall = new RealClock();
        // Both from the start: the first drawing is the whole picture, every later one only what has moved.
        Draw(0);
        screen.Swap();
        Draw(0);
        await card.SetCrtcAsync(output.Crtc, screen.Back, output.Connector.Id, output.Mode, cancellation);
        var started = 0L;
        FlipCompleteEvent? first = null;
        FlipCompleteEvent? last = null;
        var missed = 0L;
        for (var frame = 0; frame < frames; frame++)
        {
            screen.Swap();
            Draw(frame);
            await card.PageFlipAsync(output.Crtc, screen.Back, cancellationToken: cancellation);
            var shown = (FlipCompleteEvent)await card.NextEventAsync(cancellation);
            if (last is null)
                (first, started) = (shown, wall.Now);
            else if (shown.Sequence > last.Sequence)
                missed += shown.Sequence - last.Sequence - 1;
            last = shown;
        }

        return new ShowResult(frames, Span(last!.Time - first!.Time), Span(wall.Now - started), missed, first.Sequence, last.Sequence);
    }

    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromMicroseconds(nanoseconds / 1000d);

    private void Draw(int frame) => picture.Draw(screen.Pixels.Span, screen.Pitch, screen.Index, frame);
}
