using System.Runtime.InteropServices;
using DrmActors.Hardware.Images;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Cli.Demo;

/// <summary>
/// What is shown: an image as large as fits, in the middle, or a test card with a block that wanders along its lower edge, one step a frame.
/// </summary>
internal sealed class Picture
{
    private const uint Marker = 0xff_ff_a0_00;
    private const int StepsAcross = 120;
    private readonly int _width;
    private readonly int _height;
    private readonly uint[] _still;
    private readonly bool _moves;

    // Where the block was drawn last in each of the buffers.
    private readonly int?[] _drawn = [null, null];

    public Picture(int width, int height, Image? image)
    {
        (_width, _height) = (width, height);
        _still = new uint[width * height];
        _moves = image is null;
        if (image is null)
            TestPattern.Draw(MemoryMarshal.AsBytes(_still.AsSpan()), width * sizeof(uint), width, height, Fourcc.Xrgb8888);
        else
            Scaling.Fit(image, _still, width, height);
    }

    private int Side => Math.Max(Math.Min(_width, _height) / 16, 1);

    /// <param name="buffer">Which of the two buffers the pixels belong to.</param>
    /// <param name="frame">Counted from 0.</param>
    public void Draw(Span<byte> pixels, int pitch, int buffer, int frame)
    {
        if (_drawn[buffer] is not { } last)
            Copy(pixels, pitch, 0, 0, _width, _height);
        else if (_moves)
            Copy(pixels, pitch, last, Top, Side, Side);
        var left = (_width - Side) * (frame % StepsAcross) / (StepsAcross - 1);
        _drawn[buffer] = left;
        if (_moves)
            for (var y = Top; y < Top + Side; y++)
                Row(pixels, pitch, y).Slice(left, Side).Fill(Marker);
    }

    private int Top => _height - Side;

    private static Span<uint> Row(Span<byte> pixels, int pitch, int y) => MemoryMarshal.Cast<byte, uint>(pixels.Slice(y * pitch, pitch));

    private void Copy(Span<byte> pixels, int pitch, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
            _still.AsSpan((y * _width) + left, width).CopyTo(Row(pixels, pitch, y)[left..]);
    }
}
