using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>How the four bytes of a pixel stand, as a type, so that every loop over pixels is made for one order.</summary>
internal interface IPixelOrder
{
    static abstract Vector256<uint> ToArgb(Vector256<uint> pixels);

    static abstract Vector256<uint> FromArgb(Vector256<uint> pixels);
}

internal readonly struct ArgbOrder : IPixelOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToArgb(Vector256<uint> pixels) => pixels;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> FromArgb(Vector256<uint> pixels) => pixels;
}

internal readonly struct AbgrOrder : IPixelOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToArgb(Vector256<uint> pixels) =>
        (pixels & Vector256.Create(0xff00ff00)) | (pixels & Vector256.Create(0xffu)) << 16 | (pixels >>> 16 & Vector256.Create(0xffu));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> FromArgb(Vector256<uint> pixels) => ToArgb(pixels);
}

internal readonly struct RgbaOrder : IPixelOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToArgb(Vector256<uint> pixels) => pixels >>> 8 | pixels << 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> FromArgb(Vector256<uint> pixels) => pixels << 8 | pixels >>> 24;
}

internal readonly struct BgraOrder : IPixelOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToArgb(Vector256<uint> pixels) => Vector256.Shuffle(pixels.AsByte(), Vector256.Create(
        (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
        19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> FromArgb(Vector256<uint> pixels) => ToArgb(pixels);
}
