using DrmActors.Hosting;

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

    [Fact]
    public async Task What_a_board_leaves_should_be_told_from_what_went_with_it()
    {
        await using var rig = await BridgeRig.StartAsync(new DrmHostOptions { Boards = { "wall", "no-vblank" } }, user: 0);
        using var client = rig.Start(CClients.Build("wrongs"), "a-board-that-went-leaves-descriptors");
        Assert.Equal("ready", await client.StandardOutput.ReadLineAsync());
        await rig.Host.UnplugBoardAsync("wall");
        client.StandardInput.WriteLine("gone");
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(client.ExitCode == 0, await client.StandardError.ReadToEndAsync());
    }
}
