using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

/// <summary>One pixel of a framebuffer, as its format says.</summary>
internal static class ReferenceFetch
{
    /// <param name="isSmooth">Chroma that several pixels share is interpolated between its samples.</param>
    internal static Shade At(PlaneInput plane, int x, int y, bool isSmooth)
    {
        var info = FormatTable.Find(plane.Format)!;
        if (!info.IsYuv)
            return Rgb(plane, info.Name, x, y);
        var (luma, cb, cr) = Sample(plane, info, x, y, x / info.HSub, y / info.VSub);
        if (isSmooth)
            (cb, cr) = Between(plane, info, x, y);
        return ToRgb(plane, luma, cb, cr);
    }

    // A sample lies in the middle of the pixels that share it; outside of the source rectangle its edge goes on.
    private static (double Cb, double Cr) Between(PlaneInput plane, FormatInfo info, int x, int y)
    {
        var (atX, atY) = ((x + 0.5) / info.HSub - 0.5, (y + 0.5) / info.VSub - 0.5);
        var (left, top) = ((int)Math.Floor(atX), (int)Math.Floor(atY));
        var (sumCb, sumCr) = (0.0, 0.0);
        foreach (var (dx, dy) in new[] { (0, 0), (1, 0), (0, 1), (1, 1) })
        {
            var weight = (1 - Math.Abs(atX - (left + dx))) * (1 - Math.Abs(atY - (top + dy)));
            var cx = Math.Clamp(left + dx, (int)(plane.SrcX >> 16) / info.HSub, (int)((plane.SrcX + (long)plane.SrcW - 1) >> 16) / info.HSub);
            var cy = Math.Clamp(top + dy, (int)(plane.SrcY >> 16) / info.VSub, (int)((plane.SrcY + (long)plane.SrcH - 1) >> 16) / info.VSub);
            var (_, cb, cr) = Sample(plane, info, x, y, cx, cy);
            (sumCb, sumCr) = (sumCb + weight * cb, sumCr + weight * cr);
        }

        return (sumCb, sumCr);
    }

    private static Shade Rgb(PlaneInput plane, string name, int x, int y)
    {
        var memory = plane.Memory[0];
        var number = NamedLayout.Number(memory.Bytes.Span[(memory.Offset + y * memory.Pitch + x * NamedLayout.Bytes(name))..], name);
        var parts = NamedLayout.Of(name).ToDictionary(c => c.Letter, c => NamedLayout.Part(number, c.At, c.Bits));
        if (name == "R8")
            return new Shade(parts['R'], parts['R'], parts['R'], 1);
        return new Shade(parts['R'], parts['G'], parts['B'], parts.GetValueOrDefault('A', 1));
    }

    private static (double Luma, double Cb, double Cr) Sample(PlaneInput plane, FormatInfo info, int x, int y, int cx, int cy) =>
        info.Name switch
        {
            "YUYV" => (Byte(plane, 0, x * 2, y), Byte(plane, 0, cx * 4 + 1, y), Byte(plane, 0, cx * 4 + 3, y)),
            "YVYU" => (Byte(plane, 0, x * 2, y), Byte(plane, 0, cx * 4 + 3, y), Byte(plane, 0, cx * 4 + 1, y)),
            "UYVY" => (Byte(plane, 0, x * 2 + 1, y), Byte(plane, 0, cx * 4, y), Byte(plane, 0, cx * 4 + 2, y)),
            "VYUY" => (Byte(plane, 0, x * 2 + 1, y), Byte(plane, 0, cx * 4 + 2, y), Byte(plane, 0, cx * 4, y)),
            "NV12" or "NV16" or "NV24" => (Byte(plane, 0, x, y), Byte(plane, 1, cx * 2, cy), Byte(plane, 1, cx * 2 + 1, cy)),
            "NV21" or "NV61" or "NV42" => (Byte(plane, 0, x, y), Byte(plane, 1, cx * 2 + 1, cy), Byte(plane, 1, cx * 2, cy)),
            "YUV420" or "YUV422" or "YUV444" => (Byte(plane, 0, x, y), Byte(plane, 1, cx, cy), Byte(plane, 2, cx, cy)),
            "YVU420" or "YVU422" or "YVU444" => (Byte(plane, 0, x, y), Byte(plane, 2, cx, cy), Byte(plane, 1, cx, cy)),
            _ => throw new NotSupportedException(info.Name),
        };

    private static Shade ToRgb(PlaneInput plane, double luma, double cb, double cr)
    {
        var isFull = plane.Range == ColorRange.Full;
        luma = isFull ? luma / 255 : (luma - 16) / 219;
        cb = (cb - 128) / (isFull ? 255 : 224);
        cr = (cr - 128) / (isFull ? 255 : 224);
        var (kr, kb) = plane.Encoding switch
        {
            ColorEncoding.Bt601 => (0.299, 0.114),
            ColorEncoding.Bt709 => (0.2126, 0.0722),
            _ => (0.2627, 0.0593),
        };
        var red = luma + cr * 2 * (1 - kr);
        var blue = luma + cb * 2 * (1 - kb);
        var green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return new Shade(red, green, blue, 1).Clamped();
    }

    private static double Byte(PlaneInput plane, int index, int at, int y)
    {
        var memory = plane.Memory[index];
        return memory.Bytes.Span[memory.Offset + y * memory.Pitch + at];
    }
}
