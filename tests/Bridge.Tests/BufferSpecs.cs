namespace DrmActors.Bridge.Tests;

/// <summary>clients/buffers.c</summary>
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
    [InlineData("fdinfo-tells-what-they-are")]
    [InlineData("many-at-once")]
    public async Task A_buffer_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        await rig.PassAsync("buffers", scenario);
    }
}
