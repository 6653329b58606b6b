using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DrmActors.Hardware.Scanout;

/// <summary>The known pixel formats, by fourcc and by name.</summary>
public static class FormatTable
{
    private static readonly FrozenDictionary<uint, FormatInfo> ByCode = FormatData.Read().ToFrozenDictionary(f => f.Code);
    private static readonly FrozenDictionary<string, FormatInfo> ByName = ByCode.Values.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<FormatInfo> All { get; } = [.. ByCode.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Null for a format that the table does not know, big-endian ones among them.</summary>
    public static FormatInfo? Find(uint fourcc) => ByCode.GetValueOrDefault(fourcc);

    /// <summary>By the constant's name, "XRGB8888".</summary>
    public static FormatInfo? FindByName(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The code of four characters, "XR24"; shorter ones are filled up with spaces.</summary>
    public static uint Fourcc(string characters)
    {
        if (characters.Length is 0 or > 4 || characters.Any(c => c is < ' ' or > '~'))
            throw new ArgumentException($"'{characters}' is not a fourcc: one to four printable ASCII characters", nameof(characters));
        var padded = characters.PadRight(4);
        return padded[0] | (uint)padded[1] << 8 | (uint)padded[2] << 16 | (uint)padded[3] << 24;
    }

    /// <summary>The four characters of a code, "XR24".</summary>
    public static string Spell(uint fourcc) => string.Create(4, fourcc, static (span, code) =>
    {
        for (var i = 0; i < 4; i++, code >>= 8)
            span[i] = (char)(code & 0x7f) is >= ' ' and <= '~' and var c ? c : '?';
    }).TrimEnd();

    /// <summary>The format that ADDFB means by its bits a pixel and depth, or 0 (then EINVAL).</summary>
    public static uint FromLegacy(uint bpp, uint depth) => (bpp, depth) switch
    {
        (8, 8) => Scanout.Fourcc.C8,
        (16, 15) => Scanout.Fourcc.Xrgb1555,
        (16, 16) => Scanout.Fourcc.Rgb565,
        (24, 24) => Scanout.Fourcc.Rgb888,
        (32, 24) => Scanout.Fourcc.Xrgb8888,
        (32, 30) => Scanout.Fourcc.Xrgb2101010,
        (32, 32) => Scanout.Fourcc.Argb8888,
        _ => Scanout.Fourcc.Invalid,
    };

    /// <summary>Bytes that a row of a plane needs at least; 0 for a plane that the format does not have. Cannot overflow.</summary>
    /// <param name="planeWidth">In the plane's own samples: <see cref="FormatInfo.PlaneWidth"/>.</param>
    public static ulong MinPitch(FormatInfo info, int plane, uint planeWidth)
    {
        if ((uint)plane >= (uint)info.Planes.Length) return 0;
        var layout = info.Planes[plane];
        var block = (ulong)(layout.BlockWidth * layout.BlockHeight);
        return ((ulong)planeWidth * (ulong)layout.CharPerBlock + block - 1) / block;
    }
}
