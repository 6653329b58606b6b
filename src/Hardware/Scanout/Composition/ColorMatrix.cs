using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

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
