using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Scanout;

/// <summary>The composer one pixel and one component at a time, as slow as it is obvious.</summary>
internal static class ReferenceComposer
{
    internal static uint PixelAt(in ScanoutPlane plane, int x, int y)
    {
        if (x >= plane.Width || y >= plane.Height) return 0xff000000;
        var bytes = BytesPerPixel(plane.Format);
        var at = plane.Offset + (plane.Y + y) * plane.Pitch + (plane.X + x) * bytes;
        if (bytes == 4)
            return Opaque(plane.Pixels[at + 2], plane.Pixels[at + 1], plane.Pixels[at]);
        if (bytes == 8)
            return Opaque(Eight(plane.Pixels[(at + 4)..]), Eight(plane.Pixels[(at + 2)..]), Eight(plane.Pixels[at..]));
        var pixel = plane.Pixels[at] + 256 * plane.Pixels[at + 1];
        var (red, green, blue) = (pixel / 2048, pixel / 32 % 64, pixel % 32);
        return Opaque(red * 8 + red / 4, green * 4 + green / 16, blue * 8 + blue / 4);
    }

    internal static int BytesPerPixel(uint format) =>
        format == Fourcc.Rgb565 ? 2 : format is Fourcc.Xrgb16161616 or Fourcc.Argb16161616 ? 8 : 4;

    private static int Eight(ReadOnlySpan<byte> sixteen) => (int)Math.Round((sixteen[0] + 256 * sixteen[1]) * 255 / 65535.0);

    private static uint Opaque(int red, int green, int blue) => (uint)(255 << 24 | red << 16 | green << 8 | blue);
}
