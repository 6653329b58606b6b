using System.Runtime.InteropServices;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Where a frame goes, row by row.</summary>
internal readonly ref struct Picture
{
    private readonly ColorPipeline? _color;
    private readonly PictureTarget _wire;
    private readonly PackedFormat _wireFormat;
    private readonly PictureTarget _writeback;
    private readonly PackedFormat? _writebackFormat;
    private readonly uint _background;

    internal Picture(CrtcInput crtc, PictureTarget wire, PictureTarget writeback)
    {
        _color = crtc.Color;
        _wire = wire;
        _writeback = writeback;
        _wireFormat = PackedFormat.Find(wire.Format)!;
        _writebackFormat = writeback.Pixels.IsEmpty ? null : PackedFormat.Find(writeback.Format);
        Background = crtc.Background | Argb16.OpaqueBlack;
        var (red, green, blue) = ((uint)(Background >> 32 & 0xffff), (uint)(Background >> 16 & 0xffff), (uint)(Background & 0xffff));
        IsBackgroundEight = red % 257 == 0 && green % 257 == 0 && blue % 257 == 0;
        _background = 0xff000000 | red / 257 << 16 | green / 257 << 8 | blue / 257;
        IsEight = crtc.Color is null or { OfBytes: not null } && _wireFormat.Eight is not null && (_writebackFormat is null || _writebackFormat.Eight is not null);
    }

    internal ulong Background { get; }

    internal bool IsBackgroundEight { get; }

    /// <summary>Nobody sees more than eight bits a component of what the planes have.</summary>
    internal bool IsEight { get; }

    internal bool IsWireXrgb8888 => _wireFormat.Eight is { IsXrgb: true };

    internal Span<byte> Wire(int y, int left, int right) => Row(_wire, _wireFormat, y, left, right);

    internal void FillBackground(Span<byte> xrgb8888) => MemoryMarshal.Cast<byte, uint>(xrgb8888).Fill(_background);

    /// <summary>Bytes may be blended: nothing comes after that.</summary>
    internal bool MayBlendEight => _color is null;

    /// <summary>XRGB8888; where the wire has that too it is already there.</summary>
    internal void Store(Span<byte> line, int y, int left, int right)
    {
        _color?.OfBytes!.Apply(line);
        if (!IsWireXrgb8888)
            _wireFormat.Eight!.From(line, Wire(y, left, right));
        if (_writebackFormat is { } format)
            format.Eight!.From(line, Row(_writeback, format, y, left, right));
    }

    internal void Store(Span<ulong> pixels, int y, int left, int right)
    {
        _color?.Apply(pixels[..(right - left)]);
        _wireFormat.Write!(pixels, Wire(y, left, right), right - left);
        if (_writebackFormat is { } format)
            format.Write!(pixels, Row(_writeback, format, y, left, right), right - left);
    }

    private static Span<byte> Row(PictureTarget target, PackedFormat format, int y, int left, int right) =>
        target.Pixels.Slice(y * target.Pitch + left * format.BytesPerPixel, (right - left) * format.BytesPerPixel);
}
