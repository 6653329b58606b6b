namespace DrmActors.Bridge.Tests;

/// <summary>clients/hostile.c</summary>
public sealed class IsolationSpecs
{
    [Theory]
    [InlineData("the-calls-memory")]
    [InlineData("a-buffers-memory")]
    [InlineData("every-descriptor")]
    [InlineData("the-socket")]
    [InlineData("offsets")]
    [InlineData("an-open-of-nobody")]
    public async Task A_client_that_spoils_what_it_was_given_should_harm_nobody_else(string what)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await rig.PassAsync("hostile", what);
        await rig.PassAsync("smoke");
    }
}
