namespace DrmActors.Bridge.Tests;

/// <summary>clients/pointers.c</summary>
public sealed class PointerSpecs
{
    [Theory]
    [InlineData("arguments")]
    [InlineData("texts")]
    [InlineData("arrays")]
    [InlineData("counts")]
    public async Task Wrong_addresses_and_counts_should_be_errors(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("pointers", scenario);
    }
}
