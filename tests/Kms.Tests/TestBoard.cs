using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

/// <summary>Two CRTCs of different reach, an HDMI socket that both feed, and an eDP one that only the little one feeds, at the same time as the other if need be.</summary>
internal static class TestBoard
{
    public const ulong File = 7;

    public static readonly ModeInfo FullHd = Mode(148500, 1920, 2008, 2052, 2200, 1080, 1084, 1089, 1125);
    public static readonly ModeInfo Wqhd = Mode(241500, 2560, 2608, 2640, 2720, 1440, 1443, 1448, 1481);
    public static readonly ModeInfo Uhd = Mode(297000, 3840, 4016, 4104, 4400, 2160, 2168, 2178, 2250);

    public static ModeConfig Config { get; } = Build();

    public static CrtcId Big => Config.Crtcs[0].Id;

    public static CrtcId Little => Config.Crtcs[1].Id;

    public static ConnectorId Hdmi => Config.Connectors[0].Id;

    public static ConnectorId Edp => Config.Connectors[1].Id;

    public static KmsState Dark { get; } = KmsState.Reset(Config);

    public static ModeInfo Mode(uint clock, int hd, int hss, int hse, int ht, int vd, int vss, int vse, int vt) => new()
    {
        Clock = clock,
        HDisplay = (ushort)hd,
        HSyncStart = (ushort)hss,
        HSyncEnd = (ushort)hse,
        HTotal = (ushort)ht,
        VDisplay = (ushort)vd,
        VSyncStart = (ushort)vss,
        VSyncEnd = (ushort)vse,
        VTotal = (ushort)vt,
        Name = $"{hd}x{vd}",
    };

    public static KmsState WithFramebuffer(this KmsState state, uint width, uint height, uint format, out FramebufferId id) =>
        state.Add(
            new Framebuffer(default, File, width, height, format, 0, FramebufferFlags.None, [new FramebufferBuffer(1, default, width * 4, 0)]),
            out id);

    public static ModeSetCrtc Light(CrtcId crtc, FramebufferId framebuffer, ConnectorId connector, ModeInfo mode) =>
        new(crtc, framebuffer, 0, 0, [connector], mode);

    /// <summary>The big CRTC shows a full-HD framebuffer on HDMI.</summary>
    public static KmsState Lit(out FramebufferId shown)
    {
        var state = Dark.WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out shown);
        Assert.Equal(Errno.None, Builds.SetCrtc(state, Light(Big, shown, Hdmi, FullHd), out var lit));
        return lit;
    }

    /// <param name="limits">Of the primary planes.</param>
    public static ModeConfig Build(PlaneLimits? limits = null)
    {
        ImmutableArray<uint> formats = [Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Rgb565];
        return new ModeConfig { MinWidth = 0, MinHeight = 0, MaxWidth = 4096, MaxHeight = 4096 }
            .AddPlane(PlaneType.Primary, 0b01, formats, out var bigPlane, limits)
            .AddCrtc(bigPlane, 4096, 2160, 0, 1024, out _)
            .AddPlane(PlaneType.Primary, 0b10, formats, out var littlePlane, limits)
            .AddCrtc(littlePlane, 2560, 1600, 0, 256, out _)
            .AddEncoder(EncoderType.Tmds, 0b11, out var hdmi, clones: 0b10)
            .AddConnector(ConnectorType.HdmiA, [hdmi], 0, out _)
            .AddEncoder(EncoderType.Tmds, 0b10, out var edp, clones: 0b01)
            .AddConnector(ConnectorType.Edp, [edp], 0, out _);
    }
}
