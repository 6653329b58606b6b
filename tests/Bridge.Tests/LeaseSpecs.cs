namespace DrmActors.Bridge.Tests;

/// <summary>clients/leases.c</summary>
public sealed class LeaseSpecs
{
    [Theory]
    [InlineData("the-descriptor-is-as-asked-for")]
    [InlineData("a-process-that-dies-gives-back-its-lease")]
    [InlineData("many-leases-leave-no-descriptor")]
    public async Task A_lease_should_travel_as_a_descriptor(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("leases", scenario);
    }
}
