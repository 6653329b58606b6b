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
    private readonly PictureDamage _damage = new();
    private ArenaBlock _scratch;

    /// <summary>Bytes of a frame.</summary>
    public static long Size(ModeInfo mode) => (long)mode.HDisplay * mode.VDisplay * BytesPerPixel;

    /// <summary>False where the block is too small for the mode.</summary>
    public bool TryRead(ModeInfo mode, ShownPicture picture, ArenaBlock target, out uint crc)
    {
        crc = 0;
        if (target.Length < Size(mode))
            return false;
        var pixels = arena.Span(target);
        Compose(mode, picture, pixels, []);
        crc = FrameCrc.Compute(pixels, mode.HDisplay, mode.VDisplay, Pitch(mode));
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

    /// <summary>A commit has changed no more of the picture than the damage clips of its planes say.</summary>
    public void Follow(ShownPicture before, ShownPicture after) => _damage.Follow(before, after);

    /// <summary>The CRC of a frame; 0 where there is no memory to compose it in. What is known not to have changed since the last is not composed again.</summary>
    public uint Crc(ModeInfo mode, ShownPicture picture)
    {
        if (_scratch.Length < Size(mode))
        {
            Dispose();
            if (arena.TryAllocate(Size(mode), ArenaBacking.Shared, out _scratch) != Errno.None)
                return 0;
        }

        var target = arena.Span(_scratch);
        // A plane whose memory is gone changes more than its clips.
        var isWhole = _inputs.Of(mode, picture).Planes.Length == picture.Planes.Length;
        var isPart = isWhole && _damage.IsKnownOf(picture);
        if (!isPart || _damage.Areas.Length > 0)
            Compose(mode, picture, target, isPart ? _damage.Areas : []);
        _damage.Composed(isWhole ? picture : null);
        return FrameCrc.Compute(target, mode.HDisplay, mode.VDisplay, Pitch(mode));
    }

    public void Dispose()
    {
        if (_scratch.Length > 0)
            arena.Free(_scratch);
        _scratch = default;
        _damage.Composed(null);
    }

    private static int Pitch(ModeInfo mode) => mode.HDisplay * BytesPerPixel;

    private void Compose(ModeInfo mode, ShownPicture picture, Span<byte> target, ReadOnlySpan<PixelArea> clips)
    {
        var (crtc, planes) = _inputs.Of(mode, picture);
        _composer.Compose(crtc, planes, new PictureTarget { Pixels = target, Pitch = Pitch(mode) }, clips: clips);
    }
}
