using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

/// <summary>Frames of small random planes; one seed, one frame.</summary>
internal sealed class RandomFrame(int seed)
{
    private static readonly uint[] Formats = [.. FrameComposer.ReadableFormats.Order()];

    private readonly Random _random = new(seed);

    /// <param name="isPlain">Neither scaled nor turned nor coloured, of eight bits mostly: what is fast.</param>
    internal ReferenceFrame Next(bool isPlain)
    {
        var (width, height) = (_random.Next(1, 90), _random.Next(1, 14));
        var planes = Enumerable.Range(0, _random.Next(5)).Select(_ => Plane(width, height, isPlain)).ToList();
        var hasColor = !isPlain && _random.Next(3) == 0;
        var (degamma, gamma) = (hasColor ? Table() : null, hasColor ? Table() : null);
        var matrix = hasColor && _random.Next(2) == 0 ? Matrix() : null;
        var crtc = new CrtcInput(width, height)
        {
            Background = _random.Next(2) == 0 ? 0 : (ulong)_random.NextInt64(),
            Color = hasColor ? new ColorPipeline(degamma, matrix?.Select(Number).ToImmutableArray(), gamma) : null,
        };
        return new ReferenceFrame(crtc, planes, degamma, matrix, gamma);
    }

    internal uint TargetFormat(bool isPlain)
    {
        var formats = Formats.Where(f => FrameComposer.CanWrite(f) && (!isPlain || FormatTable.Find(f)!.Name.EndsWith("8888", StringComparison.Ordinal)));
        return Pick([.. formats]);
    }

    private PlaneInput Plane(int crtcWidth, int crtcHeight, bool isPlain)
    {
        var info = FormatTable.Find(isPlain && _random.Next(4) > 0 ? Pick([Fourcc.Argb8888, Fourcc.Xrgb8888, FormatTable.Fourcc("AB24")]) : Pick(Formats))!;
        var (width, height) = (Multiple(_random.Next(1, 60), info.HSub), Multiple(_random.Next(1, 16), info.VSub));
        var (x, w) = Range(width, isPlain);
        var (y, h) = Range(height, isPlain);
        var rotation = isPlain ? Rotation.Rotate0 : (Rotation)(1 << _random.Next(4) | _random.Next(4) << 4);
        var isTurned = rotation.HasFlag(Rotation.Rotate90) || rotation.HasFlag(Rotation.Rotate270);
        var isScaled = !isPlain && _random.Next(2) == 0;
        var (across, down) = ((int)(w + 0xffff >> 16), (int)(h + 0xffff >> 16));
        if (isTurned) (across, down) = (down, across);
        if (isScaled) (across, down) = (_random.Next(1, 70), _random.Next(1, 20));
        return new PlaneInput
        {
            Format = info.Code,
            Width = width,
            Height = height,
            Memory = [.. info.Planes.Select((_, i) => Memory(info, i, width, height))],
            SrcX = x,
            SrcY = y,
            SrcW = w,
            SrcH = h,
            CrtcX = _random.Next(-across - 2, crtcWidth + 2),
            CrtcY = _random.Next(-down - 2, crtcHeight + 2),
            CrtcW = across,
            CrtcH = down,
            Rotation = rotation,
            BlendMode = isPlain && _random.Next(4) > 0 ? BlendMode.Premultiplied : (BlendMode)_random.Next(3),
            Alpha = _random.Next(isPlain ? 6 : 2) > 0 ? ushort.MaxValue : (ushort)_random.Next(65536),
            Encoding = (ColorEncoding)_random.Next(3),
            Range = (ColorRange)_random.Next(2),
            Filter = (ScalingFilter)_random.Next(2),
        };
    }

    private PixelMemory Memory(FormatInfo info, int plane, int width, int height)
    {
        var row = (int)FormatTable.MinPitch(info, plane, info.PlaneWidth(plane, (uint)width));
        var (pitch, offset) = (row + _random.Next(9), _random.Next(5));
        // To the last byte: whoever reads behind it fails.
        var bytes = new byte[offset + ((int)info.PlaneHeight(plane, (uint)height) - 1) * pitch + row];
        _random.NextBytes(bytes);
        return new PixelMemory(bytes, pitch, offset);
    }

    private (uint At, uint Length) Range(int size, bool isWhole)
    {
        if (isWhole || _random.Next(2) == 0)
        {
            var at = _random.Next(size);
            return ((uint)at << 16, (uint)_random.Next(1, size - at + 1) << 16);
        }

        var start = _random.NextInt64((long)size << 16);
        return ((uint)start, (uint)_random.NextInt64(1, ((long)size << 16) - start + 1));
    }

    private GammaTable Table() => new(Curve(), Curve(), Curve());

    private ImmutableArray<ushort> Curve()
    {
        var (size, power) = (Pick([1, 2, 17, 256, 1024]), 0.7 + _random.NextDouble() * 2);
        var isFalling = _random.Next(4) == 0;
        return [.. Enumerable.Range(0, size).Select(i => Math.Pow(i / Math.Max(1.0, size - 1), power)).Select(v => (ushort)(65535 * (isFalling ? 1 - v : v)))];
    }

    private double[] Matrix() => [.. Enumerable.Range(0, 9).Select(_ => _random.NextDouble() * 2.5 - 1)];

    private static ulong Number(double value) => (value < 0 ? 1ul << 63 : 0) | (ulong)(Math.Abs(value) * (1L << 32));

    private T Pick<T>(T[] all) => all[_random.Next(all.Length)];

    private static int Multiple(int pixels, int of) => (pixels + of - 1) / of * of;
}
