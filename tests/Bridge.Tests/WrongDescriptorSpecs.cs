namespace DrmActors.Bridge.Tests;

/// <summary>clients/wrongs.c</summary>
public sealed class WrongDescriptorSpecs
{
    [Theory]
    [InlineData("every-call-knows-what-it-wants")]
    [InlineData("what-was-refused-is-given-back")]
    [InlineData("a-call-is-about-its-own-kind")]
    public async Task A_call_should_refuse_what_it_does_not_want(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0, count: 2);
        await rig.PassAsync("wrongs", scenario);
    }
}
