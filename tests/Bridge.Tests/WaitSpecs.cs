namespace DrmActors.Bridge.Tests;

/// <summary>clients/waits.c</summary>
public sealed class WaitSpecs
{
    [Theory]
    [InlineData("waits-end-with-what-they-wait-for")]
    [InlineData("waits-end-in-time")]
    [InlineData("signals-end-waits")]
    [InlineData("waits-go-on-after-signals-that-restart")]
    public async Task Every_wait_should_end(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("waits", scenario);
    }
}
