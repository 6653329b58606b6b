namespace DrmActors.Bridge.Tests;

/// <summary>clients/masters.c</summary>
public sealed class MasterSpecs
{
    private const int Root = 0;
    private const int Somebody = 1000;

    [Theory]
    [InlineData("the-master-gives-way", Root)]
    [InlineData("the-master-vouches", Somebody)]
    [InlineData("a-magic-is-its-masters", Root)]
    [InlineData("a-bus-id-is-its-masters", Root)]
    [InlineData("a-mapping-keeps-master", Root)]
    [InlineData("a-dead-master-is-none", Root)]
    [InlineData("who-comes-after-a-kill-is-master-at-once", Somebody)]
    public async Task Two_programs_should_agree_on_their_master(string scenario, int user)
    {
        await using var rig = await BridgeRig.StartAsync(user: user);
        await rig.PassAsync("masters", scenario);
    }

    [Fact]
    public async Task A_call_should_be_judged_by_who_makes_it()
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("masters", "who-calls-counts");
    }
}
