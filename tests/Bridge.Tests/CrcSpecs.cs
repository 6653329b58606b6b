namespace DrmActors.Bridge.Tests;

/// <summary>clients/crcs.c</summary>
public sealed class CrcSpecs
{
    [Theory]
    [InlineData("rk3399", "a-line-a-frame")]
    [InlineData("vkms", "a-line-a-frame")]
    [InlineData("vkms", "a-dark-crtc-has-none")]
    public async Task Programs_should_read_a_crc_a_frame(string board, string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(board);
        await rig.PassAsync("crcs", scenario);
    }
}
