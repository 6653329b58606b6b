namespace DrmActors.Bridge.Tests;

/// <summary>clients/masters.c</summary>
public sealed class MasterSpecs
{
    private const int Root = 0;
    private const int Somebody = 1000;

    [Theory]
    [InlineData("the-master-gives-way", Root)]
    [InlineData("the-master-vouches", Somebody)]
    [InlineData("a-mapping-keeps-master", Root)]
    [InlineData("a-dead-master-is-none", Root)]
    [InlineData("who-comes-after-a-kill-is-master-at-once", Somebody)]
    public async Task Two_programs_should_agree_on_their_master(string scenario, int user)
    {
        await using var rig = await BridgeRig.StartAsync(user: user);
        await rig.PassAsync("masters", scenario);
    }
}
