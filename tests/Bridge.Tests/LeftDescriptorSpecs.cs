using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests;

/// <summary>clients/leftovers.c</summary>
public sealed class LeftDescriptorSpecs
{
    [Fact]
    public async Task What_a_board_leaves_should_be_told_from_what_went_with_it()
    {
        await using var rig = await BridgeRig.StartAsync(new DrmHostOptions { Boards = { "wall", "no-vblank" } }, user: 0);
        using var client = rig.Start(CClients.Build("leftovers"), "a-board-that-went-leaves-descriptors");
        Assert.Equal("ready", await client.StandardOutput.ReadLineAsync());
        await rig.Host.UnplugBoardAsync("wall");
        client.StandardInput.WriteLine("gone");
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));

        Assert.True(client.ExitCode == 0, await client.StandardError.ReadToEndAsync());
    }
}
