using DrmActors.Messages;

namespace DrmActors.Bridge.Tests;

/// <summary>clients/gamma.c</summary>
public sealed class GammaSpecs
{
    [Fact]
    public async Task Tables_of_a_program_should_be_told_as_by_the_kernel_and_stay_behind_on_the_screen()
    {
        await using var rig = await BridgeRig.StartAsync();
        var crtc = new CrtcId(37);
        using (var before = await rig.Host.CaptureAsync(minor: 0, crtc))
            Assert.Equal(0u, before.PixelAt(9, 9));

        await rig.PassAsync("gamma");

        // Whatever is black is white now: the console too.
        using var after = await rig.Host.CaptureAsync(minor: 0, crtc);
        Assert.Equal(0xff_ffffu, after.PixelAt(9, 9));
    }
}
