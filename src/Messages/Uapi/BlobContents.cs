using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>What stands in the blobs that a device makes itself, byte for byte. drm_mode.h.</summary>
public static class BlobContents
{
    private const uint FormatBlobVersion = 1;

    /// <summary>MODE_ID: <c>struct drm_mode_modeinfo</c>.</summary>
    public static ImmutableArray<byte> OfMode(ModeInfo mode) => BytesOf([ModeInfoCodec.Encode(mode)]);

    /// <summary>The mode of a MODE_ID, not checked; null where the bytes are not those of one.</summary>
    public static ModeInfo? ToMode(ImmutableArray<byte> data) => data.Length == Unsafe.SizeOf<drm_mode_modeinfo>()
        ? ModeInfoCodec.Decode(in MemoryMarshal.AsRef<drm_mode_modeinfo>(data.AsSpan()))
        : null;

    /// <summary>GAMMA_LUT: <c>struct drm_color_lut</c>, one an entry.</summary>
    /// <param name="table">Its columns are of one length.</param>
    public static ImmutableArray<byte> OfGamma(GammaTable table)
    {
        var entries = new drm_color_lut[table.Red.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new drm_color_lut { red = table.Red[i], green = table.Green[i], blue = table.Blue[i] };
        }

        return BytesOf<drm_color_lut>(entries);
    }

    /// <summary>The table of a GAMMA_LUT; null where the bytes are not those of whole entries.</summary>
    public static GammaTable? ToGamma(ImmutableArray<byte> data)
    {
        if (data.Length % Unsafe.SizeOf<drm_color_lut>() != 0)
        {
            return null;
        }

        ReadOnlySpan<drm_color_lut> entries = MemoryMarshal.Cast<byte, drm_color_lut>(data.AsSpan());
        var (red, green, blue) = (new ushort[entries.Length], new ushort[entries.Length], new ushort[entries.Length]);
        for (int i = 0; i < entries.Length; i++)
        {
            (red[i], green[i], blue[i]) = (entries[i].red, entries[i].green, entries[i].blue);
        }

        return new GammaTable(
            ImmutableCollectionsMarshal.AsImmutableArray(red),
            ImmutableCollectionsMarshal.AsImmutableArray(green),
            ImmutableCollectionsMarshal.AsImmutableArray(blue));
    }

    /// <summary>WRITEBACK_PIXEL_FORMATS: fourccs.</summary>
    public static ImmutableArray<byte> OfFormats(ImmutableArray<uint> formats) => BytesOf(formats.AsSpan());

    /// <summary>IN_FORMATS: <c>struct drm_format_modifier_blob</c>, with all formats in the linear layout and in no other.</summary>
    /// <param name="formats">At most 64 fourccs.</param>
    public static ImmutableArray<byte> OfLinearFormats(ImmutableArray<uint> formats) =>
        OfFormats(formats, [new FormatModifier(0, ulong.MaxValue >> (64 - formats.Length))]);

    /// <summary>IN_FORMATS: <c>struct drm_format_modifier_blob</c>.</summary>
    /// <param name="formats">At most 64 fourccs.</param>
    public static ImmutableArray<byte> OfFormats(ImmutableArray<uint> formats, ImmutableArray<FormatModifier> modifiers)
    {
        int head = Unsafe.SizeOf<drm_format_modifier_blob>();
        int offset = (head + (formats.Length * sizeof(uint)) + 7) & ~7;
        int size = Unsafe.SizeOf<drm_format_modifier>();
        var bytes = new byte[offset + (modifiers.Length * size)];
        var blob = new drm_format_modifier_blob
        {
            version = FormatBlobVersion,
            count_formats = (uint)formats.Length,
            formats_offset = (uint)head,
            count_modifiers = (uint)modifiers.Length,
            modifiers_offset = (uint)offset,
        };
        MemoryMarshal.Write(bytes, in blob);
        MemoryMarshal.AsBytes(formats.AsSpan()).CopyTo(bytes.AsSpan(head));
        for (int i = 0; i < modifiers.Length; i++)
        {
            var entry = new drm_format_modifier { formats = modifiers[i].Formats, modifier = modifiers[i].Modifier };
            MemoryMarshal.Write(bytes.AsSpan(offset + (i * size)), in entry);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    private static ImmutableArray<byte> BytesOf<T>(ReadOnlySpan<T> items)
        where T : unmanaged => [.. MemoryMarshal.AsBytes(items)];
}

/// <summary>A layout of pixels in memory, and which of a plane's formats it reads like that.</summary>
/// <param name="Modifier">DRM_FORMAT_MOD_* of drm_fourcc.h; 0 for rows one behind the other.</param>
/// <param name="Formats">Bit n: the nth of the plane's formats, of at most 64.</param>
public readonly record struct FormatModifier(ulong Modifier, ulong Formats);
