namespace DrmActors.Bridge.Tests;

/// <summary>clients/fences.c</summary>
public sealed class FenceSpecs
{
    [Theory]
    [InlineData("a-flip-waits-for-its-fence")]
    [InlineData("what-fails-leaves-nothing-behind")]
    [InlineData("a-blocking-commit-can-be-interrupted")]
    [InlineData("who-dies-holds-nobody-up")]
    [InlineData("a-flip-waits-for-writers")]
    public async Task A_commit_should_wait_for_fences_and_give_some(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        await rig.PassAsync("fences", scenario);
    }
}
