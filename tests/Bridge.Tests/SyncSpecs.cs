namespace DrmActors.Bridge.Tests;

/// <summary>clients/syncs.c, clients/timelines.c and clients/commits.c</summary>
public sealed class SyncSpecs
{
    [Theory]
    [InlineData("a-sync-file-is-one")]
    [InlineData("a-syncobj-wakes-another-process")]
    [InlineData("an-eventfd-counts")]
    [InlineData("a-full-eventfd-keeps-nobody-waiting")]
    [InlineData("an-eventfd-outlives-who-asked")]
    [InlineData("a-point-is-a-sync-file-and-back")]
    [InlineData("an-argument-has-any-size")]
    [InlineData("what-is-none-is-refused")]
    public async Task A_fence_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("syncs", scenario);
    }

    [Theory]
    [InlineData("a-timeline-moves-on")]
    [InlineData("a-fence-is-over-when-its-timeline-is-gone")]
    [InlineData("debugfs-tells-of-fences")]
    [InlineData("a-fence-wakes-another-process")]
    [InlineData("a-written-buffer-polls-neither")]
    [InlineData("who-waits-for-a-buffer-can-be-interrupted")]
    public async Task Who_waits_should_hear_of_it_wherever_it_is(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("timelines", scenario);
    }

    [Theory]
    [InlineData("a-commit-waits-for-its-fence")]
    [InlineData("a-failed-commit-makes-none")]
    [InlineData("a-fence-that-cannot-be-told-is-refused")]
    [InlineData("what-is-no-sync-file-is-refused")]
    public async Task A_commit_should_take_fences_and_give_some(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        await rig.PassAsync("commits", scenario);
    }
}
