namespace DrmActors.Bridge.Tests;

/// <summary>clients/descriptors.c</summary>
public sealed class DescriptorSpecs
{
    [Theory]
    [InlineData("duplicates-are-the-file")]
    [InlineData("a-number-means-what-it-holds-now")]
    [InlineData("a-child-shares-the-file")]
    [InlineData("many-children-call-at-once")]
    [InlineData("it-survives-vfork-and-exec")]
    [InlineData("exec-closes-what-is-close-on-exec")]
    [InlineData("an-unrelated-process-may-use-it")]
    [InlineData("one-in-flight-outlives-its-sender")]
    [InlineData("one-that-is-lost-in-flight-is-closed")]
    [InlineData("the-last-duplicate-closes-the-file")]
    [InlineData("the-end-of-a-process-closes-its-files")]
    [InlineData("close-range-leaves-mappings")]
    [InlineData("close-range-by-number-leaves-mappings")]
    [InlineData("closefrom-leaves-mappings")]
    [InlineData("new-numbers-are-the-lowest")]
    public async Task A_descriptor_should_mean_its_file_wherever_it_goes(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await rig.PassAsync("descriptors", scenario);
    }
}
