namespace DrmActors.Bridge.Tests;

/// <summary>clients/deaths.c</summary>
public sealed class DeathSpecs
{
    [Theory]
    [InlineData("the-killed-leave-nothing")]
    [InlineData("death-ends-waits")]
    public async Task A_death_should_end_waits(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("deaths", scenario);
    }

    [Fact]
    public async Task A_board_that_goes_should_end_the_waits_for_it()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        using var program = rig.Start(CClients.Build("deaths"), "a-board-that-goes-ends-waits");
        try
        {
            Assert.Equal("ready", await program.StandardOutput.ReadLineAsync());
            await rig.Host.UnplugBoardAsync("no-vblank");
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
            Assert.Equal((0, ""), (program.ExitCode, await program.StandardError.ReadToEndAsync()));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }
}
