namespace DrmActors.Bridge.Tests;

/// <summary>clients/names.c</summary>
public sealed class NameSpecs
{
    [Fact]
    public async Task Names_should_reach_the_card_and_its_files()
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("names");
    }
}
