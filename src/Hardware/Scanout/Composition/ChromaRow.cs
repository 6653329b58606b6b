using System.Runtime.CompilerServices;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// The chroma of a stretch of a row, between its samples: where one spans two pixels it lies in their middle, and each of them gets a quarter from the
/// neighbour that it is nearer to. Pairs of sixteenths, Cb the lower 16 bits, Cr the upper. Outside of the source rectangle its edge goes on.
/// </summary>
internal sealed class ChromaRow
{
    private PlaneInput _input = null!;
    private YuvFormat _format = null!;
    private (int First, int Last) _across;
    private (int First, int Last) _down;
    private uint[] _samples = [];
    private uint[] _pairs = [];

    internal ReadOnlySpan<uint> Pairs => _pairs;

    internal void Begin(PlaneInput input, YuvFormat format)
    {
        (_input, _format) = (input, format);
        _across = Samples(input.SrcX, input.SrcW, format.HSub);
        _down = Samples(input.SrcY, input.SrcH, format.VSub);
    }

    internal void Load(int x, int y, int pixels)
    {
        var room = Argb16.Padded(pixels) + 2 * Argb16.Block;
        if (_pairs.Length < room)
            (_pairs, _samples) = (new uint[room], new uint[room]);
        var (first, last) = (Within(x / _format.HSub - 1, _across), Within((x + pixels - 1) / _format.HSub + 1, _across));
        LoadLine(first, last, y);
        for (var i = 0; i < pixels; i++)
        {
            var (near, far) = Neighbours(x + i, _format.HSub, _across);
            _pairs[i] = 3 * _samples[near - first] + _samples[far - first];
        }
    }

    // Both components at once, in quarters: what stands below does not reach what stands above.
    private void LoadLine(int first, int last, int y)
    {
        var (near, far) = Neighbours(y, _format.VSub, _down);
        for (var sample = first; sample <= last; sample++)
            _samples[sample - first] = near == far ? 4 * Pair(sample, near) : 3 * Pair(sample, near) + Pair(sample, far);
    }

    private uint Pair(int sample, int line)
    {
        var (cb, cr) = _format.Planes switch
        {
            1 => (Byte(0, line, sample * 4 + (_format.IsChromaFirst ? 0 : 1)), Byte(0, line, sample * 4 + (_format.IsChromaFirst ? 2 : 3))),
            2 => (Byte(1, line, sample * 2), Byte(1, line, sample * 2 + 1)),
            _ => (Byte(1, line, sample), Byte(2, line, sample)),
        };
        return _format.IsCrFirst ? cr | cb << 16 : cb | cr << 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Byte(int plane, int line, int at)
    {
        var memory = _input.Memory[plane];
        return memory.Bytes.Span[memory.Offset + line * memory.Pitch + at];
    }

    // The sample of a pixel, and the one on the pixel's side of it: the same where each pixel has its own.
    private static (int Near, int Far) Neighbours(int pixel, int sub, (int First, int Last) bounds)
    {
        var near = pixel / sub;
        return (Within(near, bounds), sub == 1 ? Within(near, bounds) : Within(near + (pixel % sub * 2 < sub ? -1 : 1), bounds));
    }

    private static int Within(int sample, (int First, int Last) bounds) => Math.Clamp(sample, bounds.First, bounds.Last);

    private static (int First, int Last) Samples(uint start, uint length, int sub) =>
        ((int)(start >> 16) / sub, (int)(start + (ulong)Math.Max(length, 1) - 1 >> 16) / sub);
}
