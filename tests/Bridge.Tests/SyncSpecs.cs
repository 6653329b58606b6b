namespace DrmActors.Bridge.Tests;

/// <summary>clients/syncs.c</summary>
public sealed class SyncSpecs
{
    [Theory]
    [InlineData("a-sync-file-is-one")]
    [InlineData("a-syncobj-wakes-another-process")]
    [InlineData("an-eventfd-counts")]
    [InlineData("a-timeline-moves-on")]
    [InlineData("a-fence-wakes-another-process")]
    [InlineData("a-written-buffer-polls-neither")]
    [InlineData("what-is-none-is-refused")]
    public async Task A_fence_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("syncs", scenario);
    }
}
