namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Reads stretches of a plane's framebuffer, premultiplied, as the plane's properties have it.</summary>
internal sealed class FramebufferRows
{
    private readonly YuvRow _yuvRow = new();
    private readonly ChromaRow _chromaRow = new();
    private PlaneInput _input = null!;
    private PackedFormat? _packed;
    private YuvFormat? _yuv;
    private YuvToRgb? _toRgb;
    private BlendMode _mode;
    private bool _interpolatesChroma;

    internal PlaneInput Input => _input;

    internal PackedFormat? Packed => _packed;

    internal bool IsOpaque { get; private set; }

    internal void Begin(PlaneInput input)
    {
        _input = input;
        _packed = PackedFormat.Find(input.Format);
        _yuv = _packed is null ? YuvFormat.Find(input.Format) : null;
        _toRgb = _yuv is null ? null : YuvToRgb.Of(input.Encoding, input.Range);
        _interpolatesChroma = _yuv is { IsSubsampled: true } && Orientation.IsInterpolated(input);
        if (_interpolatesChroma)
            _chromaRow.Begin(input, _yuv!);
        // A format without alpha comes out of its reader opaque; there is nothing to do for any mode.
        _mode = _packed is { HasAlpha: true } ? input.BlendMode : BlendMode.Premultiplied;
        IsOpaque = input.Alpha == ushort.MaxValue && (_packed is not { HasAlpha: true } || _mode == BlendMode.None);
    }

    /// <param name="into">With room for whole blocks.</param>
    internal void Read(int x, int y, int pixels, Span<ulong> into)
    {
        if (_packed is { } packed)
            packed.Read(Bytes(x, y, pixels), into, pixels);
        else
            ReadYuv(_yuv!, x, y, pixels, into);
        PlaneBlender.Premultiply(into, pixels, _mode, _input.Alpha);
    }

    /// <summary>Of a format with one plane of whole pixels.</summary>
    internal ReadOnlySpan<byte> Bytes(int x, int y, int pixels)
    {
        var memory = _input.Memory[0];
        return memory.Bytes.Span.Slice(
            memory.Offset + y * memory.Pitch + x * _packed!.BytesPerPixel,
            pixels * _packed.BytesPerPixel);
    }

    private void ReadYuv(YuvFormat format, int x, int y, int pixels, Span<ulong> into)
    {
        var before = x % format.HSub;
        _yuvRow.Load(_input, format, x - before, y, pixels + before);
        if (!_interpolatesChroma)
        {
            _toRgb!.Convert(_yuvRow.Luma[before..], _yuvRow.Chroma[before..], into, pixels);
            return;
        }

        _chromaRow.Load(x, y, pixels);
        _toRgb!.Convert(_yuvRow.Luma[before..], _chromaRow.Pairs, into, pixels);
    }
}
