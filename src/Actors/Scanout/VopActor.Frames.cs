using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// What the monitor shows, for those who look.
internal sealed partial class VopActor
{
    private void ReadFrames(long now)
    {
        if (_frameReaders.Count == 0)
            return;
        var count = _timeline.CountAt(now);
        var reply = Reply<FrameTaken>.Success(new FrameTaken(_reader.Crc(_state.Mode!, _shown), count, _timeline.TimeOf(count)));
        foreach (var reader in _frameReaders)
            reader.Tell(reply);
        _frameReaders.Clear();
    }

    private Reply<CapturedFrame> Capture(CaptureFrame capture) =>
        IsLit ? Compose(capture.Target) : Reply<CapturedFrame>.Failed(Errno.ENODEV);

    private Reply<CapturedFrame> Compose(ArenaBlock target)
    {
        var fits = _reader.TryRead(_state.Mode!, _shown, target, out var crc);
        return new Reply<CapturedFrame>(
            fits ? Errno.None : Errno.EINVAL,
            new CapturedFrame(_state.Mode!.HDisplay, _state.Mode.VDisplay, crc, Count));
    }
}
