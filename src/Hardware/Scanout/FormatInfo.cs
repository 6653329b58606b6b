using System.Collections.Immutable;

namespace DrmActors.Hardware.Scanout;

/// <summary>How one plane of a format lies in memory: blocks of <see cref="BlockWidth"/> x <see cref="BlockHeight"/> pixels, <see cref="CharPerBlock"/> bytes each.</summary>
public readonly record struct PlaneLayout(int CharPerBlock, int BlockWidth = 1, int BlockHeight = 1);

/// <summary>The facts about a pixel format. drm_fourcc.h.</summary>
/// <param name="Code">The fourcc.</param>
/// <param name="Name">The constant's name without DRM_FORMAT_.</param>
/// <param name="Depth">What the legacy calls name beside the bits a pixel; 0 where they cannot name the format.</param>
/// <param name="HSub">Pixels a chroma sample spans sideways.</param>
/// <param name="VSub">Lines a chroma sample spans.</param>
/// <param name="Planes">One to three.</param>
public sealed record FormatInfo(
    uint Code,
    string Name,
    int Depth,
    bool HasAlpha,
    bool IsYuv,
    int HSub,
    int VSub,
    ImmutableArray<PlaneLayout> Planes)
{
    /// <summary>As logs show it: "XR24 (0x34325258)".</summary>
    public override string ToString() => $"{FormatTable.Spell(Code)} (0x{Code:x8})";

    /// <summary>Bits a pixel of a plane; 0 for a plane that the format does not have.</summary>
    public int BitsPerPixel(int plane = 0)
    {
        if ((uint)plane >= (uint)Planes.Length) return 0;
        var layout = Planes[plane];
        return layout.CharPerBlock * 8 / (layout.BlockWidth * layout.BlockHeight);
    }

    /// <summary>Width of a plane in its own samples, for a picture of <paramref name="width"/> pixels.</summary>
    public uint PlaneWidth(int plane, uint width) => plane == 0 ? width : (uint)((width + (ulong)HSub - 1) / (ulong)HSub);

    /// <summary>Height of a plane in its own samples, for a picture of <paramref name="height"/> lines.</summary>
    public uint PlaneHeight(int plane, uint height) => plane == 0 ? height : (uint)((height + (ulong)VSub - 1) / (ulong)VSub);
}
