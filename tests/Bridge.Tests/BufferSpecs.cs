namespace DrmActors.Bridge.Tests;

/// <summary>clients/buffers.c and clients/fdinfos.c</summary>
public sealed class BufferSpecs
{
    [Theory]
    [InlineData("it-is-a-file-of-its-own-kind")]
    [InlineData("one-object-is-one-buffer")]
    [InlineData("its-memory-outlives-its-makers")]
    [InlineData("two-processes-share-one")]
    [InlineData("another-program-imports-it")]
    [InlineData("what-is-none-is-refused")]
    [InlineData("what-is-closed-is-gone")]
    [InlineData("who-dies-in-a-call-holds-nothing")]
    [InlineData("many-at-once")]
    public async Task A_buffer_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        await rig.PassAsync("buffers", scenario);
    }

    [Fact]
    public async Task A_buffer_should_be_another_cards_as_well()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0, count: 2);
        await rig.PassAsync("buffers", "another-card-imports-it");
    }

    [Fact]
    public async Task Fdinfo_should_tell_what_a_descriptor_is()
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        await rig.PassAsync("fdinfos", "fdinfo-tells-what-they-are");
    }
}
