namespace DrmActors.Bridge.Tests;

/// <summary>clients/mappings.c</summary>
public sealed class MappingSpecs
{
    [Theory]
    [InlineData("what-may-be-mapped")]
    [InlineData("a-file-opened-for-reading-maps-for-reading")]
    [InlineData("a-mapping-survives-its-handle")]
    [InlineData("mappings-show-the-same-bytes")]
    [InlineData("the-last-piece-closes-the-file")]
    [InlineData("two-mappings-close-the-file-together")]
    [InlineData("memory-over-it-ends-it")]
    [InlineData("a-mapping-over-a-mapping")]
    [InlineData("the-upper-mapping-keeps-the-file")]
    [InlineData("it-shrinks-and-moves")]
    [InlineData("one-moved-over-another-ends-it")]
    [InlineData("a-child-keeps-the-memory")]
    [InlineData("two-thousand-at-once")]
    [InlineData("one-unmap-of-many")]
    public async Task A_mapping_should_keep_its_file_and_no_more(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await rig.PassAsync("mappings", scenario);
    }
}
