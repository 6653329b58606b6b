namespace DrmActors.Bridge.Tests;

/// <summary>clients/pointers.c and clients/requests.c</summary>
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

    [Theory]
    [InlineData("objects-end")]
    [InlineData("properties-end")]
    [InlineData("connectors-end")]
    public async Task What_an_array_has_should_be_looked_at_before_it_ends(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        await rig.PassAsync("requests", scenario);
    }
}
