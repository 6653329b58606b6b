namespace DrmActors.Hardware.Scanout;

/// <summary>
/// Turns what the planes show into the picture on the wire: XRGB8888, rows of <c>width * 4</c> bytes every <c>targetPitch</c>, every X
/// byte 0xff. The background is black. A pixel with alpha is premultiplied, as KMS's default blend mode has it: over black it keeps its
/// colour and only its alpha goes, so ARGB8888 is composed as XRGB8888 is. Sixteen bits a component are rounded to the nearest of eight.
/// </summary>
public static class Composer
{
    /// <summary>True for the formats that <see cref="Compose"/> takes.</summary>
    public static bool CanCompose(uint format) => BytesPerPixel(format) > 0;

    /// <summary>The primary plane at the CRTC's upper left corner; black where it does not reach, cut off where it is larger.</summary>
    /// <param name="width">Of the CRTC's mode, in pixels.</param>
    /// <param name="height">Of the CRTC's mode, in lines.</param>
    /// <param name="target">Bytes between the rows are left alone.</param>
    /// <exception cref="ArgumentException">A format that cannot be composed, a source rectangle outside of the pixels, or a target that is too small.</exception>
    public static void Compose(in ScanoutPlane primary, int width, int height, Span<byte> target, int targetPitch)
    {
        if (!CanCompose(primary.Format))
            throw new ArgumentException($"cannot compose {FormatTable.Spell(primary.Format)}", nameof(primary));
        var bytesPerPixel = BytesPerPixel(primary.Format);
        var columns = Math.Min(primary.Width, width);
        var rows = Math.Min(primary.Height, height);
        ScanoutChecks.Source(primary, bytesPerPixel, columns, rows);
        ScanoutChecks.Target(target, targetPitch, width, height);

        var from = (long)primary.Offset + (long)primary.Y * primary.Pitch + (long)primary.X * bytesPerPixel;
        for (var row = 0; row < height; row++)
        {
            var line = target.Slice(row * targetPitch, width * 4);
            if (row >= rows)
            {
                RowConverter.Black(line);
                continue;
            }

            var source = primary.Pixels.Slice((int)(from + (long)row * primary.Pitch), columns * bytesPerPixel);
            if (bytesPerPixel == 2) RowConverter.FromRgb565(source, line);
            else if (bytesPerPixel == 8) RowConverter.FromXrgb16161616(source, line);
            else RowConverter.FromXrgb8888(source, line);
            RowConverter.Black(line[(columns * 4)..]);
        }
    }

    /// <summary>A plane over what the target has: cut off at the CRTC's edges, its alpha (where the format has one) premultiplied.</summary>
    /// <param name="x">Of its upper left corner, in pixels of the CRTC; not negative.</param>
    /// <exception cref="ArgumentException">As for <see cref="Compose"/>.</exception>
    public static void Blend(in ScanoutPlane plane, int x, int y, int width, int height, Span<byte> target, int targetPitch)
    {
        var bytesPerPixel = BytesPerPixel(plane.Format);
        if (bytesPerPixel == 0)
            throw new ArgumentException($"cannot compose {FormatTable.Spell(plane.Format)}", nameof(plane));
        var columns = Math.Min(plane.Width, width - x);
        var rows = Math.Min(plane.Height, height - y);
        if (columns <= 0 || rows <= 0) return;
        ScanoutChecks.Source(plane, bytesPerPixel, columns, rows);
        ScanoutChecks.Target(target, targetPitch, width, height);

        var from = (long)plane.Offset + (long)plane.Y * plane.Pitch + (long)plane.X * bytesPerPixel;
        for (var row = 0; row < rows; row++)
        {
            var source = plane.Pixels.Slice((int)(from + (long)row * plane.Pitch), columns * bytesPerPixel);
            var line = target.Slice((y + row) * targetPitch + x * 4, columns * 4);
            if (bytesPerPixel == 2) RowConverter.FromRgb565(source, line);
            else if (plane.Format == Fourcc.Xrgb8888) RowConverter.FromXrgb8888(source, line);
            else if (plane.Format == Fourcc.Xrgb16161616) RowConverter.FromXrgb16161616(source, line);
            else if (plane.Format == Fourcc.Argb8888) RowBlender.Argb8888(source, line);
            else RowBlender.Argb16161616(source, line);
        }
    }

    private static int BytesPerPixel(uint format) => format switch
    {
        Fourcc.Rgb565 => 2,
        Fourcc.Xrgb8888 or Fourcc.Argb8888 => 4,
        Fourcc.Xrgb16161616 or Fourcc.Argb16161616 => 8,
        _ => 0,
    };

    /// <summary>A picture without a plane: all black.</summary>
    public static void Black(int width, int height, Span<byte> target, int targetPitch)
    {
        ScanoutChecks.Target(target, targetPitch, width, height);
        for (var row = 0; row < height; row++)
            RowConverter.Black(target.Slice(row * targetPitch, width * 4));
    }
}
