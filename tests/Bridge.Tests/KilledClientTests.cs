namespace DrmActors.Bridge.Tests;

/// <summary>
/// A client that is killed in any state has given everything back before anybody can learn that it is dead: what follows its wait is
/// the barrier that every open and SET_MASTER goes through, and no time.
/// </summary>
public sealed class KilledClientTests
{
    [Theory]
    [InlineData("idle")]
    [InlineData("mapped")]
    [InlineData("lit")]
    [InlineData("flipping")]
    [InlineData("waiting")]
    [InlineData("drawing")]
    [InlineData("calling")]
    [InlineData("reading")]
    public async Task Killed_client_should_leave_nothing(string state)
    {
        await using var rig = await BridgeRig.StartAsync();
        var before = rig.Host.Usage;
        for (var round = 0; round < 3; round++)
        {
            await KillAsync(rig, state);
            await rig.Server.BarrierAsync();

            Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
        }
    }

    [Fact]
    public async Task Next_opener_should_be_master_after_a_kill()
    {
        await using var rig = await BridgeRig.StartAsync();
        await KillAsync(rig, "flipping");

        using var next = rig.Start(CClients.Build("states"), "lit");
        // SETCRTC is the master's.
        Assert.Equal("ready", await next.StandardOutput.ReadLineAsync());
        next.Kill();
        await next.WaitForExitAsync();
    }

    private static async Task KillAsync(BridgeRig rig, string state)
    {
        using var client = rig.Start(CClients.Build("states"), state);
        if (await client.StandardOutput.ReadLineAsync() != "ready")
            Assert.Fail(await client.StandardError.ReadToEndAsync());
        client.Kill();
        await client.WaitForExitAsync();
    }
}
