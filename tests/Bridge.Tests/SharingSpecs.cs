namespace DrmActors.Bridge.Tests;

/// <summary>clients/sharing.c</summary>
public sealed class SharingSpecs
{
    [Theory]
    [InlineData("two-processes-share-one")]
    [InlineData("another-program-imports-it")]
    [InlineData("who-dies-in-a-call-holds-nothing")]
    public async Task A_buffer_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        await rig.PassAsync("sharing", scenario);
    }

    [Fact]
    public async Task A_buffer_should_be_another_cards_as_well()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0, count: 2);
        await rig.PassAsync("sharing", "another-card-imports-it");
    }
}
