using System.Collections.Immutable;
using System.Globalization;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Boards;

/// <summary>How pixels are laid out in memory, and whether only RGB formats can be laid out like that. drm_fourcc.h.</summary>
public readonly record struct ModifierDescription(ulong Code, bool RgbOnly = false)
{
    public static readonly ModifierDescription Linear = new(0);

    /// <summary>
    /// Arm's compression in blocks of 16 by 16 pixels, sparse, with its colour transform: DRM_FORMAT_MOD_ARM_AFBC(AFBC_FORMAT_MOD_BLOCK_SIZE_16x16 |
    /// AFBC_FORMAT_MOD_SPARSE | AFBC_FORMAT_MOD_YTR).
    /// </summary>
    public static readonly ModifierDescription Afbc = new(0x0800_0000_0000_0051, RgbOnly: true);

    internal const string Allowed = "LINEAR, AFBC_16x16_SPARSE_YTR, or a number as \"0x0800000000000051\"";

    public bool Takes(uint format) => !RgbOnly || FormatTable.Find(format) is { IsYuv: false };

    internal static ImmutableArray<ModifierDescription> Read(BoardSection section, string key)
    {
        var texts = section.Texts(key, $"a list of {Allowed}");
        foreach (var twice in texts.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
            throw section.Broken(key, $"'{twice.Key}' twice", "each once");
        return [.. texts.Select(text => Parse(text) ?? throw section.Broken(key, $"'{text}'", Allowed))];
    }

    private static ModifierDescription? Parse(string text) => text switch
    {
        "LINEAR" => Linear,
        "AFBC_16x16_SPARSE_YTR" => Afbc,
        _ when text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => new ModifierDescription(code),
        _ => null,
    };
}
