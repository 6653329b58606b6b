using System.Runtime.InteropServices;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>What two tables, one after the other, make of each level of eight bits, at its place in XRGB8888.</summary>
internal sealed class ByteTable
{
    private const int Levels = 256;
    private const uint Opaque = 0xff000000;

    private readonly uint[] _red = new uint[Levels];
    private readonly uint[] _green = new uint[Levels];
    private readonly uint[] _blue = new uint[Levels];

    internal ByteTable(LevelTable? first, LevelTable? second)
    {
        for (var level = 0; level < Levels; level++)
        {
            var wide = (ushort)(level * 257);
            var (red, green, blue) = first?.At(wide, wide, wide) ?? (wide, wide, wide);
            (red, green, blue) = second?.At(red, green, blue) ?? (red, green, blue);
            (_red[level], _green[level], _blue[level]) = (Nearest(red) << 16, Nearest(green) << 8, Nearest(blue));
        }
    }

    internal void Apply(Span<byte> xrgb8888)
    {
        var (red, green, blue) = (_red, _green, _blue);
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(xrgb8888))
            pixel = Opaque | red[(byte)(pixel >> 16)] | green[(byte)(pixel >> 8)] | blue[(byte)pixel];
    }

    private static uint Nearest(ushort level) => (level + 128u) / 257;
}
