using DrmActors.Hardware.Images;

namespace DrmActors.Cli.Demo;

/// <summary>Puts an image on a screen: as large as fits, its sides in proportion, black around it.</summary>
internal static class Scaling
{
    public static void Fit(Image image, Span<uint> target, int width, int height)
    {
        var scale = Math.Min((double)width / image.Width, (double)height / image.Height);
        var (w, h) = (Math.Max((int)(image.Width * scale), 1), Math.Max((int)(image.Height * scale), 1));
        var (left, top) = ((width - w) / 2, (height - h) / 2);
        for (var y = 0; y < h; y++)
        {
            var row = target.Slice(((top + y) * width) + left, w);
            for (var x = 0; x < w; x++)
                row[x] = Average(image, x, y, w, h);
        }
    }

    // The mean of the image's pixels under one of the target's; one pixel where the image is enlarged.
    private static uint Average(Image image, int x, int y, int width, int height)
    {
        var (left, right) = Range(x, width, image.Width);
        var (top, bottom) = Range(y, height, image.Height);
        var (red, green, blue) = (0u, 0u, 0u);
        for (var row = top; row < bottom; row++)
        {
            foreach (var pixel in image.Xrgb.AsSpan((row * image.Width) + left, right - left))
            {
                red += pixel >> 16 & 0xff;
                green += pixel >> 8 & 0xff;
                blue += pixel & 0xff;
            }
        }

        var count = (uint)((bottom - top) * (right - left));
        return red / count << 16 | green / count << 8 | blue / count;
    }

    private static (int From, int To) Range(int at, int of, int source)
    {
        var from = (int)((long)at * source / of);
        return (from, Math.Max((int)((long)(at + 1) * source / of), from + 1));
    }
}
