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

    [Theory]
    [InlineData("importing")]
    [InlineData("import-0")]
    [InlineData("import-1")]
    [InlineData("import-2")]
    [InlineData("import-3")]
    [InlineData("import-4")]
    [InlineData("import-5")]
    [InlineData("import-6")]
    [InlineData("import-7")]
    [InlineData("commanding")]
    [InlineData("writing-back")]
    [InlineData("waiting-for-a-fence")]
    public async Task Killed_client_should_leave_nothing_of_what_travels(string state)
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        var before = rig.Host.Usage;
        for (var round = 0; round < 3; round++)
        {
            await KillAsync(rig, state, "dying");
            await rig.Server.BarrierAsync();

            Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
        }
    }

    /// <summary>Wherever in its call it is: nobody says where that is, so many are killed.</summary>
    [Theory]
    [InlineData("opening")]
    [InlineData("importing")]
    [InlineData("sharing")]
    [InlineData("leasing")]
    public async Task Killed_client_should_leave_nothing_of_its_call(string state)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        var before = rig.Host.Usage;
        for (var round = 0; round < 25; round++)
        {
            await KillAsync(rig, state, "dying");
            await rig.Server.BarrierAsync();

            Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
        }
    }

    [Fact]
    public async Task Killed_reader_of_crcs_should_leave_nothing()
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        // The display controller keeps the room that it composes in.
        await KillAsync(rig, "reading-crcs", "dying");
        await rig.Server.BarrierAsync();
        var before = rig.Host.Usage;
        // A second reader would be EBUSY.
        await KillAsync(rig, "reading-crcs", "dying");
        await rig.Server.BarrierAsync();

        Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
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

    private static async Task KillAsync(BridgeRig rig, string state, string program = "states")
    {
        using var client = rig.Start(CClients.Build(program), state);
        if (await client.StandardOutput.ReadLineAsync() != "ready")
            Assert.Fail(await client.StandardError.ReadToEndAsync());
        client.Kill();
        await client.WaitForExitAsync();
    }
}
