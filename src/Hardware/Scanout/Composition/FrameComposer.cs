using System.Numerics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// Makes the picture of a CRTC out of its planes: fetches each plane's pixels with sixteen bits a component, turns, scales and blends them
/// from the lowest to the highest, runs the result through the CRTC's colour pipeline, and stores it. What an opaque plane hides is never
/// read. Chroma that pixels share is interpolated where a scaler interpolates, before colours are made of it and those are scaled: a display
/// controller that scales luma and chroma apart and makes colours of them last differs a little at sharp edges. Elsewhere a sample counts for
/// all of its pixels alike. Spans whose components have eight bits and stay so are composed with eight, which gives the same bytes.
/// </summary>
/// <remarks>
/// One object is for one thread at a time, and allocates only what it needs for its largest frame. To compose a frame on several
/// threads give each one an object of its own and another clip of the same picture.
/// </remarks>
public sealed class FrameComposer
{
    private readonly List<PlaneReader> _pool = [];
    private readonly VisibleSpans _visible = new();
    private PlaneReader[] _planes = [];
    private ulong[] _below = [];
    private ulong[] _row = [];
    private byte[] _bytes = [];

    /// <summary>What planes may have, in no order.</summary>
    public static IEnumerable<uint> ReadableFormats => PackedFormat.Codes.Concat(YuvFormat.Codes);

    public static bool CanRead(uint format) => PackedFormat.Find(format) is not null || YuvFormat.Find(format) is not null;

    public static bool CanWrite(uint format) => PackedFormat.Find(format) is { Write: not null };

    /// <param name="planes">From the lowest to the highest, at most 32.</param>
    /// <param name="wire">The picture goes here,</param>
    /// <param name="writeback">and here, where it has pixels.</param>
    /// <param name="clips">Only these parts of the CRTC are composed; all of it where there are none.</param>
    /// <exception cref="ArgumentException">A format that cannot be read or written, a rectangle outside of its pixels, or a target that is too small.</exception>
    public void Compose(
        CrtcInput crtc,
        ReadOnlySpan<PlaneInput> planes,
        PictureTarget wire,
        PictureTarget writeback = default,
        ReadOnlySpan<PixelArea> clips = default)
    {
        PlaneChecks.Target(wire, crtc);
        if (!writeback.Pixels.IsEmpty)
            PlaneChecks.Target(writeback, crtc);
        if (planes.Length > VisibleSpans.MostPlanes)
            throw new ArgumentException($"{planes.Length} planes; at most {VisibleSpans.MostPlanes}", nameof(planes));
        foreach (var plane in planes)
            PlaneChecks.Source(plane);

        MakeRoom(crtc.Width, planes.Length);
        var picture = new Picture(crtc, wire, writeback);
        var all = new PixelArea(0, 0, crtc.Width, crtc.Height);
        if (clips.IsEmpty)
            Compose(picture, planes, all);
        foreach (var clip in clips)
            Compose(picture, planes, clip.Within(all));
    }

    private void MakeRoom(int width, int planes)
    {
        while (_pool.Count < planes)
            _pool.Add(new PlaneReader());
        if (_planes.Length < planes)
            _planes = [.. _pool];
        if (_below.Length < Argb16.Padded(width))
            (_below, _row, _bytes) = (new ulong[Argb16.Padded(width)], new ulong[Argb16.Padded(width)], new byte[width * 4]);
    }

    private void Compose(in Picture picture, ReadOnlySpan<PlaneInput> inputs, PixelArea area)
    {
        if (area.IsEmpty)
            return;
        var planes = _planes.AsSpan(0, inputs.Length);
        for (var i = 0; i < inputs.Length; i++)
            planes[i].Begin(inputs[i], area);
        for (var top = area.Top; top < area.Bottom;)
        {
            var bottom = _visible.Cut(area, top, planes);
            for (var y = top; y < bottom; y++)
                foreach (var span in _visible.Spans)
                    if (picture.IsEight && IsEight(picture, span))
                        ComposeEight(picture, y, span);
                    else
                        ComposeWide(picture, y, span);
            top = bottom;
        }
    }

    // With one plane that lets something through over bytes there is one rounding, which is that of sixteen bits; with two there would be two.
    private bool IsEight(in Picture picture, VisibleSpan span)
    {
        var below = BitOperations.TrailingZeroCount(span.Planes);
        var over = span.IsCovered ? span.Planes & (span.Planes - 1) : span.Planes;
        return (span.IsCovered ? _planes[below].Eight is not null : picture.IsBackgroundEight)
            && (over == 0 || picture.MayBlendEight && BitOperations.IsPow2(over) && _planes[BitOperations.TrailingZeroCount(over)].Eight is not null);
    }

    private void ComposeEight(in Picture picture, int y, VisibleSpan span)
    {
        var (left, right, planes) = (span.Left, span.Right, span.Planes);
        var line = picture.IsWireXrgb8888 ? picture.Wire(y, left, right) : _bytes.AsSpan(0, (right - left) * 4);
        if (span.IsCovered)
        {
            var lowest = _planes[BitOperations.TrailingZeroCount(planes)];
            lowest.Eight!.To(lowest.Bytes(y, left, right), line);
            planes &= planes - 1;
        }
        else
        {
            picture.FillBackground(line);
        }

        if (planes != 0)
        {
            var plane = _planes[BitOperations.TrailingZeroCount(planes)];
            plane.Eight!.Over(plane.Bytes(y, left, right), line);
        }

        picture.Store(line, y, left, right);
    }

    private void ComposeWide(in Picture picture, int y, VisibleSpan span)
    {
        var (left, right, planes) = (span.Left, span.Right, span.Planes);
        var pixels = right - left;
        if (span.IsCovered)
        {
            var lowest = _planes[BitOperations.TrailingZeroCount(planes)].Read(y, left, right, _below);
            if (lowest != _below)
                lowest[..pixels].CopyTo(_below);
            planes &= planes - 1;
        }
        else
        {
            _below.AsSpan(0, pixels).Fill(picture.Background);
        }

        for (; planes != 0; planes &= planes - 1)
            PlaneBlender.Over(_planes[BitOperations.TrailingZeroCount(planes)].Read(y, left, right, _row), _below, pixels);
        picture.Store(_below, y, left, right);
    }
}
