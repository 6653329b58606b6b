using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

/// <summary>Composes what a CRTC shows, into a caller's block or, for the CRC alone, into one of its own.</summary>
/// <param name="threads">How many may compose one frame: more than one only where nobody replays what happens.</param>
internal sealed class FrameReader(Arena arena, int threads = 1) : IDisposable
{
    public const int BytesPerPixel = 4;
    private readonly PictureInputs _inputs = new(arena);
    private readonly BandedComposer _composer = new(threads);
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
        var (crtc, planes) = _inputs.Of(mode, picture);
        _composer.Compose(crtc, planes, () => Target(mode, target));
        crc = FrameCrc.Compute(arena.Span(target), mode.HDisplay, mode.VDisplay, Pitch(mode));
        return true;
    }

    /// <summary>Composes a frame straight into a framebuffer of its size. False where a buffer does not stand any more.</summary>
    public bool TryWrite(ModeInfo mode, ShownPicture picture, Framebuffer target)
    {
        try
        {
            var (crtc, planes) = _inputs.Of(mode, picture);
            var buffer = target.Buffers[0];
            _composer.Compose(crtc, planes, () => new PictureTarget
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

        var (crtc, planes) = _inputs.Of(mode, picture);
        // A plane whose memory is gone changes more than its clips.
        var isWhole = planes.Length == picture.Planes.Length;
        if (!isWhole || !_damage.IsKnownOf(picture))
            _composer.Compose(crtc, planes, () => Target(mode, _scratch));
        else if (_damage.Areas.Length > 0)
            _composer.Compose(crtc, planes, () => Target(mode, _scratch), _damage.Areas);
        _damage.Composed(isWhole ? picture : null);
        return FrameCrc.Compute(arena.Span(_scratch), mode.HDisplay, mode.VDisplay, Pitch(mode));
    }

    public void Dispose()
    {
        if (_scratch.Length > 0)
            arena.Free(_scratch);
        _scratch = default;
        _damage.Composed(null);
    }

    private static int Pitch(ModeInfo mode) => mode.HDisplay * BytesPerPixel;

    private PictureTarget Target(ModeInfo mode, ArenaBlock block) => new() { Pixels = arena.Span(block), Pitch = Pitch(mode) };
}
