using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// From luma and chroma of eight bits to colours of sixteen. Coefficients are those of the recommendation's luma weights, with twelve bits
/// behind the point; the largest sum has thirty bits.
/// </summary>
internal sealed class YuvToRgb
{
    private const int Fraction = 12;

    private static readonly YuvToRgb[] All = [.. Enum.GetValues<ColorEncoding>().SelectMany(e => Enum.GetValues<ColorRange>().Select(r => new YuvToRgb(e, r)))];

    private readonly int _black;
    private readonly int _luma;
    private readonly int _redCr;
    private readonly int _greenCb;
    private readonly int _greenCr;
    private readonly int _blueCb;

    private YuvToRgb(ColorEncoding encoding, ColorRange range)
    {
        var (red, blue) = encoding switch
        {
            ColorEncoding.Bt601 => (0.299, 0.114),
            ColorEncoding.Bt709 => (0.2126, 0.0722),
            _ => (0.2627, 0.0593),
        };
        var green = 1 - red - blue;
        var (lumaSteps, chromaSteps) = range == ColorRange.Limited ? (219, 224) : (255, 255);
        _black = range == ColorRange.Limited ? 16 : 0;
        _luma = Coefficient(1, lumaSteps);
        _redCr = Coefficient(2 * (1 - red), chromaSteps);
        _greenCb = Coefficient(2 * (1 - blue) * blue / green, chromaSteps);
        _greenCr = Coefficient(2 * (1 - red) * red / green, chromaSteps);
        _blueCb = Coefficient(2 * (1 - blue), chromaSteps);
    }

    internal static YuvToRgb Of(ColorEncoding encoding, ColorRange range) => All[(int)encoding * 2 + (int)range];

    /// <param name="luma">With room for whole blocks, as <paramref name="into"/> has.</param>
    internal void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<ushort> chroma, Span<ulong> into, int pixels)
    {
        var wide = Argb16.Vectors(into, pixels);
        for (var i = 0; i < wide.Length / 2; i++)
        {
            var bytes = Vector128.Create(BitConverter.ToUInt64(luma.Slice(i * 8, 8)), 0).AsByte();
            var pairs = Vector256.WidenLower(Vector256.Create(Vector128.Create(chroma.Slice(i * 8, 8)), default)).AsInt32();
            var y = Vector256.WidenLower(Vector256.Create(Vector128.WidenLower(bytes), default)).AsInt32();
            var middle = Vector256.Create(128);
            (wide[i * 2], wide[i * 2 + 1]) = Convert(y, (pairs & Vector256.Create(0xff)) - middle, (pairs >>> 8) - middle, shift: 0);
        }
    }

    /// <param name="chroma">Pairs of sixteenths, Cb the lower 16 bits.</param>
    internal void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<uint> chroma, Span<ulong> into, int pixels)
    {
        var wide = Argb16.Vectors(into, pixels);
        for (var i = 0; i < wide.Length / 2; i++)
        {
            var bytes = Vector128.Create(BitConverter.ToUInt64(luma.Slice(i * 8, 8)), 0).AsByte();
            var pairs = Vector256.Create(chroma.Slice(i * 8, 8)).AsInt32();
            var y = Vector256.WidenLower(Vector256.Create(Vector128.WidenLower(bytes), default)).AsInt32();
            var middle = Vector256.Create(128 * 16);
            (wide[i * 2], wide[i * 2 + 1]) = Convert(y, (pairs & Vector256.Create(0xffff)) - middle, (pairs >>> 16) - middle, shift: 4);
        }
    }

    // Coefficients are shifted by what the chroma has behind its point: nothing overflows, and what is lost is far below a step.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<ushort> Lower, Vector256<ushort> Upper) Convert(Vector256<int> luma, Vector256<int> cb, Vector256<int> cr, int shift)
    {
        var y = (luma - Vector256.Create(_black)) * _luma + Vector256.Create(1 << (Fraction - 1));
        return Argb16.Join(
            Clamp(y + cb * (_blueCb >> shift)),
            Clamp(y - cb * (_greenCb >> shift) - cr * (_greenCr >> shift)),
            Clamp(y + cr * (_redCr >> shift)),
            Vector256.Create(0xffffu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Clamp(Vector256<int> sum) =>
        Vector256.Min(Vector256.Max(sum >> Fraction, Vector256<int>.Zero), Vector256.Create(0xffff)).AsUInt32();

    private static int Coefficient(double weight, int steps) => (int)Math.Round(weight * ushort.MaxValue / steps * (1 << Fraction));
}
