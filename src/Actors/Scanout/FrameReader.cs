using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

/// <summary>Composes what a CRTC shows, into a caller's block or, for the CRC alone, into one of its own.</summary>
internal sealed class FrameReader(Arena arena) : IDisposable
{
    public const int BytesPerPixel = 4;
    private readonly PictureInputs _inputs = new(arena);
    private readonly FrameComposer _composer = new();
    private ArenaBlock _scratch;

    /// <summary>Bytes of a frame.</summary>
    public static long Size(ModeInfo mode) => (long)mode.HDisplay * mode.VDisplay * BytesPerPixel;

    /// <summary>False where the block is too small for the mode.</summary>
    public bool TryRead(ModeInfo mode, ShownPicture picture, ArenaBlock target, out uint crc)
    {
        crc = 0;
        if (target.Length < Size(mode))
            return false;
        crc = Compose(mode, picture, arena.Span(target));
        return true;
    }

    /// <summary>Composes a frame straight into a framebuffer of its size. False where a buffer does not stand any more.</summary>
    public bool TryWrite(ModeInfo mode, ShownPicture picture, Framebuffer target)
    {
        try
        {
            var (crtc, planes) = _inputs.Of(mode, picture);
            var buffer = target.Buffers[0];
            _composer.Compose(crtc, planes, new PictureTarget
            {
                Pixels = arena.Span(buffer.Block)[(int)buffer.Offset..],
                Pitch = (int)buffer.Pitch,
                Format = target.Format,
            });
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The CRC of a frame; 0 where there is no memory to compose it in.</summary>
    public uint Crc(ModeInfo mode, ShownPicture picture)
    {
        if (_scratch.Length < Size(mode))
        {
            Dispose();
            if (arena.TryAllocate(Size(mode), ArenaBacking.Shared, out _scratch) != Errno.None)
                return 0;
        }

        return Compose(mode, picture, arena.Span(_scratch));
    }

    public void Dispose()
    {
        if (_scratch.Length > 0)
            arena.Free(_scratch);
        _scratch = default;
    }

    private uint Compose(ModeInfo mode, ShownPicture picture, Span<byte> target)
    {
        var pitch = mode.HDisplay * BytesPerPixel;
        var (crtc, planes) = _inputs.Of(mode, picture);
        _composer.Compose(crtc, planes, new PictureTarget { Pixels = target, Pitch = pitch });
        return FrameCrc.Compute(target, mode.HDisplay, mode.VDisplay, pitch);
    }
}
