using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests;

/// <summary>clients/races.c</summary>
public sealed class RaceSpecs
{
    [Theory]
    [InlineData("exports-race-with-closes")]
    [InlineData("imports-race-with-closes")]
    [InlineData("names-race-with-closes")]
    [InlineData("a-name-goes-with-its-handle")]
    [InlineData("buffers-travel-among-processes")]
    public async Task Buffers_should_be_what_they_are_whoever_closes_them_meanwhile(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(new DrmHostOptions { Boards = { "vgem", "vkms" } }, user: 0);
        await rig.PassAsync("races", scenario);
    }
}
