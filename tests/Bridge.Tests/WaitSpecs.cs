namespace DrmActors.Bridge.Tests;

/// <summary>clients/waits.c</summary>
public sealed class WaitSpecs
{
    [Theory]
    [InlineData("waits-end-with-what-they-wait-for")]
    [InlineData("waits-end-in-time")]
    [InlineData("signals-end-waits")]
    [InlineData("waits-go-on-after-signals-that-restart")]
    [InlineData("the-killed-leave-nothing")]
    [InlineData("death-ends-waits")]
    public async Task Every_wait_should_end(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        await rig.PassAsync("waits", scenario);
    }

    [Fact]
    public async Task A_board_that_goes_should_end_the_waits_for_it()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        using var program = rig.Start(CClients.Build("waits"), "a-board-that-goes-ends-waits");
        try
        {
            Assert.Equal("ready", await program.StandardOutput.ReadLineAsync());
            await rig.Host.UnplugBoardAsync("no-vblank");
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal((0, ""), (program.ExitCode, await program.StandardError.ReadToEndAsync()));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }
}
