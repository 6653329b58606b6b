using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Where the components of a pixel stand in its number, as a type. A component of n bits is widened by repeating its bits.</summary>
internal interface IPackedLayout
{
    /// <summary>Eight pixels, each in a vector's element, into components of sixteen bits.</summary>
    static abstract (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels);

    /// <summary>The opposite, each component to the nearest.</summary>
    static abstract Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha);
}

/// <summary>Ten bits a colour and two of alpha or nothing.</summary>
/// <typeparam name="TPlaces">Where each begins.</typeparam>
internal readonly struct TenBits<TPlaces> : IPackedLayout
    where TPlaces : struct, IPlaces
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels) => Argb16.Join(
        Widen(pixels >>> TPlaces.Blue),
        Widen(pixels >>> TPlaces.Green),
        Widen(pixels >>> TPlaces.Red),
        (pixels >>> TPlaces.Alpha & Vector256.Create(3u)) * Vector256.Create(0x5555u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha) =>
        Components.Low(blueGreen, 1023) << TPlaces.Blue
        | Components.High(blueGreen, 1023) << TPlaces.Green
        | Components.Low(redAlpha, 1023) << TPlaces.Red
        | Components.High(redAlpha, 3) << TPlaces.Alpha;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(Vector256<uint> pixels)
    {
        var ten = pixels & Vector256.Create(1023u);
        return ten << 6 | ten >>> 4;
    }
}

/// <summary>Ten bits a colour, and what stands beside them does not count.</summary>
internal readonly struct TenBitsOpaque<TPlaces> : IPackedLayout
    where TPlaces : struct, IPlaces
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels) =>
        TenBits<TPlaces>.Unpack(pixels | Vector256.Create(3u << TPlaces.Alpha));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha) => TenBits<TPlaces>.Pack(blueGreen, redAlpha);
}

/// <summary>Five, six and five bits.</summary>
internal readonly struct Bits565<TPlaces> : IPackedLayout
    where TPlaces : struct, IPlaces
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels)
    {
        var green = pixels >>> TPlaces.Green & Vector256.Create(63u);
        return Argb16.Join(
            Widen(pixels >>> TPlaces.Blue),
            green << 10 | green << 4 | green >>> 2,
            Widen(pixels >>> TPlaces.Red),
            Vector256.Create(0xffffu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha) =>
        Components.Low(blueGreen, 31) << TPlaces.Blue
        | Components.High(blueGreen, 63) << TPlaces.Green
        | Components.Low(redAlpha, 31) << TPlaces.Red;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(Vector256<uint> pixels)
    {
        var five = pixels & Vector256.Create(31u);
        return five << 11 | five << 6 | five << 1 | five >>> 4;
    }
}

/// <summary>Eight bits of each colour.</summary>
internal readonly struct Bits888<TPlaces> : IPackedLayout
    where TPlaces : struct, IPlaces
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels) => Argb16.Join(
        Widen(pixels >>> TPlaces.Blue),
        Widen(pixels >>> TPlaces.Green),
        Widen(pixels >>> TPlaces.Red),
        Vector256.Create(0xffffu));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha) =>
        Components.Low(blueGreen, 255) << TPlaces.Blue
        | Components.High(blueGreen, 255) << TPlaces.Green
        | Components.Low(redAlpha, 255) << TPlaces.Red;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(Vector256<uint> pixels) => (pixels & Vector256.Create(255u)) * Vector256.Create(257u);
}

/// <summary>Eight bits of brightness alone, as the kernel's own software composer takes the format.</summary>
internal readonly struct Gray8 : IPackedLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Lower, Vector256<ushort> Upper) Unpack(Vector256<uint> pixels) =>
        Argb16.Widen(pixels * Vector256.Create(0x010101u) | Vector256.Create(0xff000000));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Pack(Vector256<uint> blueGreen, Vector256<uint> redAlpha) => throw new NotSupportedException();
}

internal static class Components
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Low(Vector256<uint> pairs, uint most) =>
        Argb16.Part((pairs & Vector256.Create(0xffffu)) * Vector256.Create(most));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> High(Vector256<uint> pairs, uint most) => Argb16.Part((pairs >>> 16) * Vector256.Create(most));
}
