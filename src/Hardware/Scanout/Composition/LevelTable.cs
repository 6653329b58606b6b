using DrmActors.Messages;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>A table of drm_color_lut for every level of sixteen bits: between two entries on the line from one to the other.</summary>
internal sealed class LevelTable
{
    private const int Levels = 1 << 16;

    private readonly ushort[] _red;
    private readonly ushort[] _green;
    private readonly ushort[] _blue;

    internal LevelTable(GammaTable table) =>
        (_red, _green, _blue) = (Spread(table.Red.AsSpan()), Spread(table.Green.AsSpan()), Spread(table.Blue.AsSpan()));

    internal void Apply(Span<ulong> pixels)
    {
        var (red, green, blue) = (_red, _green, _blue);
        foreach (ref var pixel in pixels)
            pixel = (pixel & Argb16.OpaqueBlack)
                | (ulong)red[(ushort)(pixel >> 32)] << 32
                | (ulong)green[(ushort)(pixel >> 16)] << 16
                | blue[(ushort)pixel];
    }

    /// <summary>What a level becomes: red, green and blue.</summary>
    internal (ushort Red, ushort Green, ushort Blue) At(ushort red, ushort green, ushort blue) => (_red[red], _green[green], _blue[blue]);

    private static ushort[] Spread(ReadOnlySpan<ushort> entries)
    {
        if (entries.IsEmpty)
            throw new ArgumentException("a table without entries", nameof(entries));
        var levels = new ushort[Levels];
        for (var level = 0; level < Levels; level++)
        {
            var (entry, rest) = Math.DivRem(level * (long)(entries.Length - 1), Levels - 1);
            var next = entries[(int)Math.Min(entry + 1, entries.Length - 1)];
            levels[level] = (ushort)((entries[(int)entry] * (Levels - 1 - rest) + next * rest + Levels / 2 - 1) / (Levels - 1));
        }

        return levels;
    }
}
