using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Scanout;

/// <summary>Composes what a CRTC shows, into a caller's block or, for the CRC alone, into one of its own.</summary>
internal sealed class FrameReader(Arena arena) : IDisposable
{
    public const int BytesPerPixel = 4;
    private ArenaBlock _scratch;
    private Blob? _gamma;
    private GammaLut? _lut;

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
        var isBlack = picture.Planes.IsEmpty || !Fills(picture.Planes[0], mode);
        if (isBlack)
            Composer.Black(mode.HDisplay, mode.VDisplay, target, pitch);
        foreach (var plane in picture.Planes)
        {
            var source = Source(plane.Framebuffer!, plane);
            if (!isBlack)
                Composer.Compose(source, mode.HDisplay, mode.VDisplay, target, pitch);
            else
                Composer.Blend(source, Math.Max(plane.CrtcX, 0), Math.Max(plane.CrtcY, 0), mode.HDisplay, mode.VDisplay, target, pitch);
            isBlack = true;
        }

        LutOf(picture.Gamma)?.Apply(mode.HDisplay, mode.VDisplay, target, pitch);
        return FrameCrc.Compute(target, mode.HDisplay, mode.VDisplay, pitch);
    }

    // The one that was used last is kept: most frames use it again.
    private GammaLut? LutOf(Blob? gamma)
    {
        if (!ReferenceEquals(gamma, _gamma))
            (_gamma, _lut) = (gamma, gamma is null ? null : new GammaLut(BlobContents.ToGamma(gamma.Data)!));
        return _lut;
    }

    // What lies to the left of the CRTC, or over it, is not read.
    private ScanoutPlane Source(Framebuffer framebuffer, PlaneState plane)
    {
        var buffer = framebuffer.Buffers[0];
        var (left, top) = (HiddenBefore(plane.CrtcX, plane.SrcW), HiddenBefore(plane.CrtcY, plane.SrcH));
        return new ScanoutPlane
        {
            Pixels = arena.Span(buffer.Block),
            Format = framebuffer.Format,
            Pitch = (int)buffer.Pitch,
            Offset = (int)buffer.Offset,
            X = (int)(plane.SrcX >> 16) + left,
            Y = (int)(plane.SrcY >> 16) + top,
            Width = (int)(plane.SrcW >> 16) - left,
            Height = (int)(plane.SrcH >> 16) - top,
        };
    }

    // The farthest plane that leaves nothing black needs nothing under it.
    private static bool Fills(PlaneState plane, ModeInfo mode) =>
        plane is { CrtcX: 0, CrtcY: 0 } && plane.CrtcW >= mode.HDisplay && plane.CrtcH >= mode.VDisplay;

    private static int HiddenBefore(int at, uint length) => (int)Math.Min(Math.Max(-(long)at, 0), length >> 16);
}
