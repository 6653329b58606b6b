using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

/// <summary>Writes down what the monitor behind a CRTC shows: <see cref="DrmHost.CaptureAsync(int, CrtcId, CancellationToken)"/>.</summary>
/// <param name="File">A PNG, its path absolute: the host writes it.</param>
public sealed record CaptureScreen(int Crtc, string File) : CrtcCommand(Crtc)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        try
        {
            using var frame = await host.CaptureAsync(Card, await FindAsync(host));
            frame.SavePng(File);
        }
        catch (DrmException dark) when (dark.Errno == Errno.ENODEV)
        {
            throw new ControlException($"crtc: found {Crtc}, which is dark; allowed: one that shows a picture");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ControlException($"file: found {File} ({e.Message}); allowed: one that the host can write");
        }

        return "";
    }
}
