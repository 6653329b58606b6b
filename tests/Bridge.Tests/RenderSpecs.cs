namespace DrmActors.Bridge.Tests;

/// <summary>clients/renders.c</summary>
public sealed class RenderSpecs
{
    [Theory]
    [InlineData("nodes")]
    [InlineData("a-client-renders-for-a-card")]
    [InlineData("a-fence-is-attached")]
    [InlineData("a-buffer-may-have-two-gigabytes")]
    public async Task A_render_node_should_be_there_beside_its_card(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("vgem");
        await rig.PassAsync("renders", scenario);
    }
}
