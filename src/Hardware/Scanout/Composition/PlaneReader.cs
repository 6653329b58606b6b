namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>One plane during a frame: what of the CRTC it takes, and its pixels there.</summary>
internal sealed class PlaneReader
{
    private readonly FramebufferRows _rows = new();
    private readonly Resampler _resampler;
    private PlaneInput _input = null!;
    private bool _isPlain;

    internal PlaneReader() => _resampler = new Resampler(_rows);

    /// <summary>Within the CRTC, and what of it is composed.</summary>
    internal PixelArea Area { get; private set; }

    /// <summary>Nothing below it can be seen.</summary>
    internal bool IsOpaque => _rows.IsOpaque;

    /// <summary>Its bytes may be moved or laid over others as they are; null where its pixels need more than that.</summary>
    internal EightBits? Eight { get; private set; }

    internal void Begin(PlaneInput input, PixelArea clip)
    {
        _input = input;
        _rows.Begin(input);
        _isPlain = Orientation.IsPlain(input);
        Area = IsSeen(input) ? PlaneChecks.Destination(input).Within(clip) : default;
        Eight = _isPlain && input.Alpha == ushort.MaxValue && (IsOpaque || input.BlendMode == BlendMode.Premultiplied)
            ? _rows.Packed?.Eight
            : null;
        if (!_isPlain && !Area.IsEmpty)
            _resampler.Begin(input, Area.Left - input.CrtcX, Area.Right - input.CrtcX);
    }

    /// <summary>Premultiplied pixels of a row from <paramref name="left"/> on: in the room, or elsewhere until the next call.</summary>
    internal Span<ulong> Read(int y, int left, int right, Span<ulong> room)
    {
        if (!_isPlain)
            return _resampler.Read(y - _input.CrtcY)[(left - Area.Left)..];
        _rows.Read(SourceX(left), SourceY(y), right - left, room);
        return room;
    }

    /// <summary>Where <see cref="Eight"/> says so.</summary>
    internal ReadOnlySpan<byte> Bytes(int y, int left, int right) => _rows.Bytes(SourceX(left), SourceY(y), right - left);

    private static bool IsSeen(PlaneInput input) => input is { Alpha: > 0, SrcW: > 0, SrcH: > 0, CrtcW: > 0, CrtcH: > 0 };

    private int SourceX(int x) => x - _input.CrtcX + (int)(_input.SrcX >> 16);

    private int SourceY(int y) => y - _input.CrtcY + (int)(_input.SrcY >> 16);
}
