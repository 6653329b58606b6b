namespace DrmActors.Bridge.Tests;

/// <summary>clients/devices.c</summary>
public sealed class DeviceSpecs
{
    [Theory]
    [InlineData("each-has-its-own")]
    [InlineData("events-come-to-their-card")]
    [InlineData("each-has-its-master")]
    public async Task Cards_should_not_know_of_each_other(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0, count: 3);
        await rig.PassAsync("devices", scenario);
    }
}
