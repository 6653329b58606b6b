using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>A plane's pixels made premultiplied, and laid over what is below.</summary>
internal static class PlaneBlender
{
    /// <summary>Afterwards the alpha of a pixel says how much it covers, and its colours are multiplied with that.</summary>
    internal static void Premultiply(Span<ulong> row, int pixels, BlendMode mode, ushort planeAlpha)
    {
        var vectors = Argb16.Vectors(row, pixels);
        var opaque = Vector256.Create(Argb16.OpaqueBlack).AsUInt16();
        if (mode == BlendMode.None)
            foreach (ref var four in vectors)
                four |= opaque;
        else if (mode == BlendMode.Coverage)
            foreach (ref var four in vectors)
                four = Argb16.Scale(four, Argb16.Alpha(four) | opaque);
        if (planeAlpha == ushort.MaxValue)
            return;
        var all = Vector256.Create(planeAlpha);
        foreach (ref var four in vectors)
            four = Argb16.ScalePairs(four, all);
    }

    /// <summary>Premultiplied pixels over others. A colour that is more than its alpha allows is cut off at the brightest.</summary>
    internal static void Over(Span<ulong> row, Span<ulong> below, int pixels)
    {
        var from = Argb16.Vectors(row, pixels);
        var to = Argb16.Vectors(below, pixels)[..from.Length];
        var brightest = Vector256.Create(ushort.MaxValue);
        for (var i = 0; i < from.Length; i++)
            to[i] = Vector256.AddSaturate(from[i], Argb16.ScalePairs(to[i], brightest - Argb16.Alpha(from[i])));
    }
}
