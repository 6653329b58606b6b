using System.Buffers.Binary;
using System.Collections.Immutable;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Scanout;

/// <summary>What a CRTC shows in the composer's words. Kept for as long as the same is shown, as most frames are like the one before.</summary>
internal sealed class PictureInputs(Arena arena)
{
    private readonly List<BlockMemory> _memory = [];
    private ShownPicture? _picture;
    private PlaneInput[] _planes = [];
    private ColorPipeline? _color;
    private CrtcInput _crtc = new(0, 0);

    /// <summary>
    /// Without the planes whose memory does not stand any more. Whoever holds a framebuffer holds its memory, unless the object has crashed and given it
    /// back: then there is nothing to show.
    /// </summary>
    public (CrtcInput Crtc, PlaneInput[] Planes) Of(ModeInfo mode, ShownPicture picture)
    {
        if (!ReferenceEquals(picture, _picture) || !_memory.TrueForAll(Stands))
            Take(picture);
        if (_crtc.Width != mode.HDisplay || _crtc.Height != mode.VDisplay || _crtc.Color != _color || _crtc.Background != picture.Background)
            _crtc = new CrtcInput(mode.HDisplay, mode.VDisplay) { Color = _color, Background = picture.Background };
        return (_crtc, _planes);
    }

    private void Take(ShownPicture picture)
    {
        if (_picture is null || (picture.Degamma, picture.Ctm, picture.Gamma) != (_picture.Degamma, _picture.Ctm, _picture.Gamma))
            _color = Color(picture);
        _memory.Clear();
        // Compressed pixels are nobody's to read here: such a plane is not seen.
        _planes = [.. picture.Planes
            .Where(p => p.Framebuffer is { Modifier: 0, Buffers: var buffers } && buffers.All(Stands))
            .Select(p => Of(p, p.Framebuffer!, [.. p.Framebuffer!.Buffers.Select(Memory)]))];
        _picture = picture;
    }

    private bool Stands(FramebufferBuffer buffer) => Stands(new BlockMemory(arena, buffer.Block));

    private static bool Stands(BlockMemory memory)
    {
        try
        {
            memory.Check();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A plane where it stands, with the memory that it reads.</summary>
    public static PlaneInput Of(PlaneState plane, Framebuffer framebuffer, ImmutableArray<PixelMemory> memory) => new()
    {
        Format = framebuffer.Format,
        Width = (int)framebuffer.Width,
        Height = (int)framebuffer.Height,
        Memory = memory,
        SrcX = plane.SrcX,
        SrcY = plane.SrcY,
        SrcW = plane.SrcW,
        SrcH = plane.SrcH,
        CrtcX = plane.CrtcX,
        CrtcY = plane.CrtcY,
        CrtcW = (int)plane.CrtcW,
        CrtcH = (int)plane.CrtcH,
        Rotation = plane.Rotation,
        BlendMode = plane.BlendMode,
        Alpha = plane.Alpha,
        Encoding = plane.ColorEncoding,
        Range = plane.ColorRange,
        Filter = (ScalingFilter)plane.ScalingFilter,
    };

    private PixelMemory Memory(FramebufferBuffer buffer)
    {
        var memory = new BlockMemory(arena, buffer.Block);
        _memory.Add(memory);
        return new PixelMemory(memory.Memory, (int)buffer.Pitch, (int)buffer.Offset);
    }

    private static ColorPipeline? Color(ShownPicture picture) => (picture.Degamma, picture.Ctm, picture.Gamma) == (null, null, null)
        ? null
        : new ColorPipeline(Table(picture.Degamma), Matrix(picture.Ctm), Table(picture.Gamma));

    private static GammaTable? Table(Blob? blob) => blob is null ? null : BlobContents.ToGamma(blob.Data);

    private static ImmutableArray<ulong>? Matrix(Blob? blob) => blob is null
        ? null
        : [.. Enumerable.Range(0, 9).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(blob.Data.AsSpan()[(i * sizeof(ulong))..]))];
}
