using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>What a client sees of real monitors behind the board's CRTCs.</summary>
public sealed class RealMonitorSpecs
{
    [Fact]
    public void Modes_beyond_every_crtc_should_be_left_out_and_aspect_be_told_only_to_who_asks()
    {
        var edid = System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "edid", "lg-oled-c9-hdmi.bin"));
        var state = ConnectorProbe.Apply(Dark, Config.Find(Hdmi)!, new ProbeResult(ConnectorStatus.Connected, [.. edid]), out var problem);
        Assert.Null(problem);

        var plain = ModeQueries.Connector(state, Hdmi, default).Value!.Modes;
        var aspect = ModeQueries.Connector(state, Hdmi, new ModeClient(Stereo: false, AspectRatio: true)).Value!.Modes;

        Assert.All(plain, m => Assert.True(m.HDisplay <= 4096 && m.VDisplay <= 2160));
        Assert.All(plain, m => Assert.Equal(ModeFlags.None, m.Flags & (ModeFlags.Interlace | ModeFlags.AspectMask | ModeFlags.StereoMask)));
        Assert.Contains(aspect, m => (m.Flags & ModeFlags.AspectMask) != ModeFlags.None);
        Assert.True(plain[0].Type.HasFlag(ModeTypes.Preferred));
    }
}
