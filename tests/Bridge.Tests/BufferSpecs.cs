namespace DrmActors.Bridge.Tests;

/// <summary>clients/buffers.c and clients/fdinfos.c</summary>
public sealed class BufferSpecs
{
    [Theory]
    [InlineData("it-is-a-file-of-its-own-kind")]
    [InlineData("one-object-is-one-buffer")]
    [InlineData("its-link-says-what-it-is")]
    [InlineData("what-may-be-mapped-of-it")]
    [InlineData("wrong-flags-make-none")]
    [InlineData("its-memory-outlives-its-makers")]
    [InlineData("what-is-none-is-refused")]
    [InlineData("what-is-closed-is-gone")]
    [InlineData("errno-is-left-alone")]
    [InlineData("no-descriptor-is-left")]
    [InlineData("a-child-keeps-what-is-mapped")]
    [InlineData("many-at-once")]
    public async Task A_buffer_should_be_a_file(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        await rig.PassAsync("buffers", scenario);
    }

    [Theory]
    [InlineData("fdinfo-tells-what-they-are")]
    [InlineData("folders-of-descriptors-tell-the-same")]
    public async Task Fdinfo_should_tell_what_a_descriptor_is(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        await rig.PassAsync("fdinfos", scenario);
    }
}
