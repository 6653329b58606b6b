using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using DrmActors.Messages;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// What a CRTC does to the blended colours: DEGAMMA_LUT, CTM, GAMMA_LUT, in this order, each where it is set. Made when one of them
/// changes, and used for every frame since.
/// </summary>
public sealed class ColorPipeline
{
    private readonly LevelTable? _degamma;
    private readonly ColorMatrix? _matrix;
    private readonly LevelTable? _gamma;

    /// <param name="matrix">Nine numbers, sign and magnitude in S31.32, a row for each of red, green and blue.</param>
    public ColorPipeline(GammaTable? degamma, ImmutableArray<ulong>? matrix, GammaTable? gamma)
    {
        _degamma = degamma is null ? null : new LevelTable(degamma);
        _matrix = matrix is { } numbers ? new ColorMatrix(numbers) : null;
        _gamma = gamma is null ? null : new LevelTable(gamma);
    }

    internal void Apply(Span<ulong> pixels)
    {
        _degamma?.Apply(pixels);
        _matrix?.Apply(pixels);
        _gamma?.Apply(pixels);
    }
}

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

/// <summary>drm_color_ctm: colours of one are one; what comes out darker than black or brighter than white is cut off.</summary>
internal sealed class ColorMatrix
{
    private const ulong Sign = 1ul << 63;
    private const double One = 1ul << 32;

    // Added to a number below 2^52 it rounds it, to the nearest, into its lowest bits.
    private const double Rounding = 1ul << 52;

    private readonly Vector256<double> _red;
    private readonly Vector256<double> _green;
    private readonly Vector256<double> _blue;

    internal ColorMatrix(ImmutableArray<ulong> numbers)
    {
        if (numbers.Length != 9)
            throw new ArgumentException($"a matrix of {numbers.Length} numbers; it has nine", nameof(numbers));
        (_red, _green, _blue) = (Column(numbers, 0), Column(numbers, 1), Column(numbers, 2));
    }

    internal void Apply(Span<ulong> pixels)
    {
        var brightest = Vector256.Create((double)ushort.MaxValue);
        foreach (ref var pixel in pixels)
        {
            var sum = _red * (ushort)(pixel >> 32) + _green * (ushort)(pixel >> 16) + _blue * (ushort)pixel;
            var whole = (Vector256.Min(Vector256.Max(sum, Vector256<double>.Zero), brightest) + Vector256.Create(Rounding)).AsUInt64();
            pixel = (pixel & Argb16.OpaqueBlack) | (whole[2] & 0xffff) << 32 | (whole[1] & 0xffff) << 16 | (whole[0] & 0xffff);
        }
    }

    // What one component of the source gives to blue, green and red.
    private static Vector256<double> Column(ImmutableArray<ulong> numbers, int column) => Vector256.Create(
        Number(numbers[6 + column]), Number(numbers[3 + column]), Number(numbers[column]), 0);

    private static double Number(ulong number) => (number & ~Sign) / One * ((number & Sign) == 0 ? 1 : -1);
}
