using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>A mode as <c>struct drm_mode_modeinfo</c>, all fields as they are. The name is bytes, at most 31 and a NUL.</summary>
internal static class ModeInfoCodec
{
    private const int NameLength = Constants.DRM_DISPLAY_MODE_LEN - 1;

    public static ModeInfo Decode(in drm_mode_modeinfo mode) => new()
    {
        Clock = mode.clock,
        HDisplay = mode.hdisplay,
        HSyncStart = mode.hsync_start,
        HSyncEnd = mode.hsync_end,
        HTotal = mode.htotal,
        HSkew = mode.hskew,
        VDisplay = mode.vdisplay,
        VSyncStart = mode.vsync_start,
        VSyncEnd = mode.vsync_end,
        VTotal = mode.vtotal,
        VScan = mode.vscan,
        VRefresh = mode.vrefresh,
        Flags = (ModeFlags)mode.flags,
        Type = (ModeTypes)mode.type,
        Name = DecodeName(mode.name),
    };

    public static drm_mode_modeinfo Encode(ModeInfo mode)
    {
        drm_mode_modeinfo info = new()
        {
            clock = mode.Clock,
            hdisplay = mode.HDisplay,
            hsync_start = mode.HSyncStart,
            hsync_end = mode.HSyncEnd,
            htotal = mode.HTotal,
            hskew = mode.HSkew,
            vdisplay = mode.VDisplay,
            vsync_start = mode.VSyncStart,
            vsync_end = mode.VSyncEnd,
            vtotal = mode.VTotal,
            vscan = mode.VScan,
            vrefresh = mode.VRefresh,
            flags = (uint)mode.Flags,
            type = (uint)mode.Type,
        };
        Encoding.Latin1.GetBytes(mode.Name.AsSpan(0, Math.Min(mode.Name.Length, NameLength)), info.name);
        return info;
    }

    private static string DecodeName(ReadOnlySpan<byte> name)
    {
        name = name[..NameLength];
        int end = name.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? name : name[..end]);
    }
}
