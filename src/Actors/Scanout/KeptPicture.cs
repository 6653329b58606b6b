using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

/// <summary>
/// The last picture of a client on a CRTC, composed when the client's framebuffer gives way to none or to the console's, and for hosts that ask for it.
/// </summary>
internal sealed class KeptPicture(Arena arena, FrameReader reader) : IDisposable
{
    private ArenaBlock _block;
    private CapturedFrame? _frame;

    public bool IsOn { get; set; }

    /// <summary>Before the plane changes: what it shows is still there. Without memory for it the one before stays.</summary>
    public void Keep(ModeInfo mode, ShownPicture picture, ulong sequence)
    {
        if (!IsOn || arena.TryAllocate(FrameReader.Size(mode), ArenaBacking.Shared, out var block) != Errno.None)
            return;
        Dispose();
        _block = block;
        reader.TryRead(mode, picture, block, out var crc);
        _frame = new CapturedFrame(mode.HDisplay, mode.VDisplay, crc, sequence);
    }

    /// <summary>ENODEV where there never was one, EINVAL where the block is too small for it; the reply then says how large it is.</summary>
    public Reply<CapturedFrame> Read(ArenaBlock target)
    {
        if (_frame is null)
            return Reply<CapturedFrame>.Failed(Errno.ENODEV);
        var size = (int)(_frame.Width * _frame.Height) * FrameReader.BytesPerPixel;
        if (target.Length < size)
            return new Reply<CapturedFrame>(Errno.EINVAL, _frame);
        arena.Span(_block)[..size].CopyTo(arena.Span(target));
        return Reply<CapturedFrame>.Success(_frame);
    }

    public void Dispose()
    {
        if (_block.Length > 0)
            arena.Free(_block);
        (_block, _frame) = (default, null);
    }
}
