using System.Numerics;
using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Hardware.Scanout;

/// <summary>
/// The look-up table between the planes and the wire. A component picks the entry that stands where it does, from the darkest to the brightest;
/// the hardware keeps as many bits of an entry as the table's size has (1024: ten), and of those the upper eight go out.
/// </summary>
public sealed class GammaLut
{
    private const int WireBits = 8;
    private const int Brightest = (1 << WireBits) - 1;
    private const uint Opaque = 0xff000000;

    // What each component of a pixel becomes, at its place in the pixel.
    private readonly uint[] _red;
    private readonly uint[] _green;
    private readonly uint[] _blue;

    /// <param name="table">Its columns are of one length, which is not 0.</param>
    public GammaLut(GammaTable table)
    {
        _red = Column(table.Red.AsSpan(), 16);
        _green = Column(table.Green.AsSpan(), 8);
        _blue = Column(table.Blue.AsSpan(), 0);
    }

    /// <summary>Maps a picture in place: XRGB8888, its X bytes 0xff.</summary>
    /// <param name="picture">Bytes between the rows are left alone.</param>
    public void Apply(int width, int height, Span<byte> picture, int pitch)
    {
        ScanoutChecks.Target(picture, pitch, width, height);
        var (red, green, blue) = (_red, _green, _blue);
        for (var row = 0; row < height; row++)
            foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(picture.Slice(row * pitch, width * 4)))
                pixel = Opaque | red[(byte)(pixel >> 16)] | green[(byte)(pixel >> 8)] | blue[(byte)pixel];
    }

    private static uint[] Column(ReadOnlySpan<ushort> entries, int shift)
    {
        var bits = Math.Max(BitOperations.Log2((uint)entries.Length), WireBits);
        var column = new uint[Brightest + 1];
        for (var level = 0; level <= Brightest; level++)
        {
            var entry = entries[Scale(level, Brightest, entries.Length - 1)];
            var kept = Scale(entry, ushort.MaxValue, (1 << bits) - 1);
            column[level] = (uint)(kept >> (bits - WireBits)) << shift;
        }

        return column;
    }

    /// <summary>The nearest part of another whole.</summary>
    private static int Scale(int part, int whole, int otherWhole) => (int)(((long)part * otherWhole + whole / 2) / whole);
}
