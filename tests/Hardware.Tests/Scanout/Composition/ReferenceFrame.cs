using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

/// <summary>The composer one pixel at a time with real numbers, as slow as it is obvious.</summary>
internal sealed record ReferenceFrame(CrtcInput Crtc, IReadOnlyList<PlaneInput> Planes, GammaTable? Degamma, double[]? Matrix, GammaTable? Gamma)
{
    // Far less than the least step of a source position, and far more than what real numbers lose.
    private const double Little = 1e-9;

    internal Shade At(int x, int y)
    {
        var shade = new Shade(Level(Crtc.Background, 32), Level(Crtc.Background, 16), Level(Crtc.Background, 0), 1);
        foreach (var plane in Planes)
        {
            if (x < plane.CrtcX || y < plane.CrtcY || x >= plane.CrtcX + plane.CrtcW || y >= plane.CrtcY + plane.CrtcH)
                continue;
            var over = Sample(plane, (x - plane.CrtcX + 0.5) / plane.CrtcW, (y - plane.CrtcY + 0.5) / plane.CrtcH);
            shade = over.Plus(shade.Times(1 - over.Alpha)).Clamped();
        }

        return Look(Gamma, Multiply(Look(Degamma, shade)));
    }

    private static double Level(ulong argb, int at) => (argb >> at & 0xffff) / 65535.0;

    private static Shade Sample(PlaneInput plane, double x, double y)
    {
        var quarters = plane.Rotation.HasFlag(Rotation.Rotate90) ? 1
            : plane.Rotation.HasFlag(Rotation.Rotate180) ? 2
            : plane.Rotation.HasFlag(Rotation.Rotate270) ? 3 : 0;
        // Undoes a quarter counter-clockwise at a time: what is at the top now was at the right.
        for (var i = 0; i < quarters; i++)
            (x, y) = (1 - y, x);
        if (plane.Rotation.HasFlag(Rotation.ReflectX)) x = 1 - x;
        if (plane.Rotation.HasFlag(Rotation.ReflectY)) y = 1 - y;

        var (left, top) = (plane.SrcX / 65536.0, plane.SrcY / 65536.0);
        var (width, height) = (plane.SrcW / 65536.0, plane.SrcH / 65536.0);
        var isTurned = quarters % 2 == 1;
        var acrossIsPlain = left % 1 == 0 && width == (isTurned ? plane.CrtcH : plane.CrtcW);
        var downIsPlain = top % 1 == 0 && height == (isTurned ? plane.CrtcW : plane.CrtcH);
        var (x0, x1, right) = Neighbours(left, width, x, plane.Filter, acrossIsPlain);
        var (y0, y1, lower) = Neighbours(top, height, y, plane.Filter, downIsPlain);
        var isSmooth = plane.Filter != ScalingFilter.NearestNeighbor && !(acrossIsPlain && downIsPlain);
        Shade Pixel(int column, int row) => Premultiplied(plane, column, row, isSmooth);
        return Mix(Mix(Pixel(x0, y0), Pixel(x1, y0), right), Mix(Pixel(x0, y1), Pixel(x1, y1), right), lower);
    }

    private static (int First, int Second, double Weight) Neighbours(double from, double length, double part, ScalingFilter filter, bool isPlain)
    {
        var at = from + part * length;
        if (filter == ScalingFilter.NearestNeighbor || isPlain)
            return ((int)Math.Floor(at + Little), (int)Math.Floor(at + Little), 0);
        var (least, most) = ((int)Math.Floor(from), (int)Math.Ceiling(from + length) - 1);
        var before = (int)Math.Floor(at - 0.5);
        return (Math.Clamp(before, least, most), Math.Clamp(before + 1, least, most), at - 0.5 - before);
    }

    private static Shade Mix(Shade first, Shade second, double part) => first.Times(1 - part).Plus(second.Times(part));

    private static Shade Premultiplied(PlaneInput plane, int x, int y, bool isSmooth)
    {
        var shade = ReferenceFetch.At(plane, x, y, isSmooth);
        shade = plane.BlendMode switch
        {
            BlendMode.None => shade with { Alpha = 1 },
            BlendMode.Coverage => shade.Times(shade.Alpha) with { Alpha = shade.Alpha },
            _ => shade,
        };
        return shade.Times(plane.Alpha / 65535.0);
    }

    private static Shade Look(GammaTable? table, Shade shade) => table is null ? shade : shade with
    {
        Red = Look([.. table.Red], shade.Red),
        Green = Look([.. table.Green], shade.Green),
        Blue = Look([.. table.Blue], shade.Blue),
    };

    private static double Look(ushort[] entries, double level)
    {
        var at = level * (entries.Length - 1);
        var before = Math.Min((int)at, entries.Length - 1);
        var after = Math.Min(before + 1, entries.Length - 1);
        return (entries[before] + (entries[after] - entries[before]) * (at - before)) / 65535.0;
    }

    private Shade Multiply(Shade shade)
    {
        if (Matrix is not { } m)
            return shade;
        double Row(int i) => m[i] * shade.Red + m[i + 1] * shade.Green + m[i + 2] * shade.Blue;
        return new Shade(Row(0), Row(3), Row(6), 1).Clamped();
    }
}
