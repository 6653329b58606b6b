using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// A stretch of a row taken apart: a byte of luma and a pair of chroma (Cb the lower byte, Cr the upper) for every pixel. A chroma sample
/// that spans several pixels counts for all of them alike; <see cref="ChromaRow"/> has it otherwise.
/// </summary>
internal sealed class YuvRow
{
    private byte[] _luma = [];
    private ushort[] _chroma = [];
    private ushort[] _samples = [];

    internal ReadOnlySpan<byte> Luma => _luma;

    internal ReadOnlySpan<ushort> Chroma => _chroma;

    /// <param name="x">A multiple of the format's <see cref="YuvFormat.HSub"/>.</param>
    internal void Load(PlaneInput input, YuvFormat format, int x, int y, int pixels)
    {
        var room = Argb16.Padded(pixels) + 2 * Argb16.Block;
        if (_luma.Length < room)
            (_luma, _chroma, _samples) = (new byte[room], new ushort[room], new ushort[room]);
        var samples = (pixels + format.HSub - 1) / format.HSub;
        var pairs = format.HSub == 1 ? _chroma : _samples;
        if (format.Planes == 1)
        {
            Interleaved(Row(input, 0, y, x * 2, samples * 4), format.IsChromaFirst ? 8 : 0, _luma, pairs);
        }
        else
        {
            Row(input, 0, y, x, pixels).CopyTo(_luma);
            var (at, line) = (x / format.HSub, y / format.VSub);
            if (format.Planes == 2)
                Row(input, 1, line, at * 2, samples * 2).CopyTo(MemoryMarshal.AsBytes(pairs.AsSpan()));
            else
                Pair(Row(input, 1, line, at, samples), Row(input, 2, line, at, samples), pairs);
        }

        if (format.IsCrFirst)
            Swap(pairs.AsSpan(0, Argb16.Padded(samples)));
        if (format.HSub == 2)
            Double(pairs.AsSpan(0, Argb16.Padded(samples)), _chroma);
    }

    private static ReadOnlySpan<byte> Row(PlaneInput input, int plane, int y, int from, int bytes)
    {
        var memory = input.Memory[plane];
        return memory.Bytes.Span.Slice(memory.Offset + y * memory.Pitch + from, bytes);
    }

    private static void Interleaved(ReadOnlySpan<byte> row, int lumaShift, Span<byte> luma, Span<ushort> chroma)
    {
        var pairs = MemoryMarshal.Cast<byte, uint>(row);
        var twoOfLuma = MemoryMarshal.Cast<byte, ushort>(luma)[..pairs.Length];
        chroma = chroma[..pairs.Length];
        var chromaShift = 8 - lumaShift;
        for (var i = 0; i < pairs.Length; i++)
        {
            twoOfLuma[i] = Even(pairs[i] >> lumaShift);
            chroma[i] = Even(pairs[i] >> chromaShift);
        }
    }

    // Bytes 0 and 2.
    private static ushort Even(uint bytes) => (ushort)((bytes & 0xff) | (bytes >> 8 & 0xff00));

    private static void Pair(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ushort> pairs)
    {
        pairs = pairs[..first.Length];
        second = second[..first.Length];
        for (var i = 0; i < first.Length; i++)
            pairs[i] = (ushort)(first[i] | second[i] << 8);
    }

    private static void Swap(Span<ushort> pairs)
    {
        foreach (ref var vector in MemoryMarshal.Cast<ushort, Vector128<ushort>>(pairs))
            vector = vector << 8 | vector >>> 8;
    }

    private static void Double(ReadOnlySpan<ushort> samples, Span<ushort> into)
    {
        var from = MemoryMarshal.Cast<ushort, Vector128<ushort>>(samples);
        var to = MemoryMarshal.Cast<ushort, Vector256<uint>>(into)[..from.Length];
        for (var i = 0; i < from.Length; i++)
            to[i] = Vector256.WidenLower(from[i].ToVector256Unsafe()) * 0x10001u;
    }
}
