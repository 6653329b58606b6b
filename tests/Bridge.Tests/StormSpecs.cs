namespace DrmActors.Bridge.Tests;

/// <summary>clients/turns.c and clients/storms.c</summary>
public sealed class StormSpecs
{
    [Theory]
    [InlineData("a-storm-of-threads-leaves-nothing")]
    [InlineData("processes-die-in-a-storm")]
    [InlineData("thousands-of-fences-come-and-go")]
    public async Task Fences_should_stand_whatever_many_clients_do_at_once(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("storms", scenario);
    }

    [Theory]
    [InlineData("no-signal-is-lost")]
    [InlineData("a-crowd-is-woken")]
    public async Task Whoever_waits_should_hear_of_its_point(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("turns", scenario);
    }
}
