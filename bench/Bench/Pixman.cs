using System.Runtime.InteropServices;

namespace DrmActors.Bench;

/// <summary>A yardstick for composing: libpixman-1 over the same buffers. pixman.h.</summary>
internal static unsafe partial class Pixman
{
    public const int Src = 1;
    public const int Over = 3;

    public const int Xrgb8888 = 0x20020888;
    public const int Argb8888 = 0x20028888;
    public const int Xbgr2101010 = 0x20030aaa;

    private const string Library = "libpixman-1.so.0";

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Over memory that stays where it is for as long as the process.</summary>
    public static nint Image(int format, int width, int height, Memory<byte> pinned, int pitch) =>
        CreateBits(format, width, height, (byte*)pinned.Pin().Pointer, pitch);

    [LibraryImport(Library, EntryPoint = "pixman_image_composite32")]
    public static partial void Composite(
        int op, nint source, nint mask, nint target, int sourceX, int sourceY, int maskX, int maskY, int x, int y, int width, int height);

    [LibraryImport(Library, EntryPoint = "pixman_image_create_bits")]
    private static partial nint CreateBits(int format, int width, int height, byte* bits, int pitch);
}
