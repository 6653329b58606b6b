using DrmActors.Messages;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Tests;

public sealed class BootTests : HostTest
{
    private readonly List<BindStep> _steps = [];

    [Fact]
    public void The_twelve_steps_should_have_been_told_in_order_before_the_host_is_up()
    {
        Assert.Equal(Enumerable.Range(1, 12), _steps.Select(s => s.Number));
        Assert.All(_steps, s => Assert.Equal(("rk3399", Errno.None), (s.Board, s.Errno)));
        Assert.Equal([new DrmBoard("rk3399", 0)], Host.Boards);
    }

    [Fact]
    public async Task The_log_should_have_the_steps_too()
    {
        for (var i = 0; i < 10_000 && !Log.At(LogLevel.Information).Any(t => t.Contains(_steps[^1].Name)); i++)
            await Task.Yield();

        Assert.All(_steps, s => Assert.Contains(Log.At(LogLevel.Information), t => t.Contains(s.Name)));
    }

    [Fact]
    public async Task The_card_should_say_what_the_board_says()
    {
        var card = await OpenAsync();

        var version = await card.VersionAsync();
        var agreed = await card.SetInterfaceVersionAsync(new SetVersion(1, 4, -1, -1));

        Assert.Equal(("rockchip", 1, 0, "20140818"), (version.Name, version.Major, version.Minor, version.Date));
        Assert.Equal((1, 4), (agreed.InterfaceMajor, agreed.InterfaceMinor));
        Assert.Equal("display-subsystem", await card.GetBusIdAsync());
        Assert.Equal(1ul, await card.GetCapAsync(Capability.DumbBuffer));
        await card.SetClientCapAsync(ClientCapability.UniversalPlanes, 1);
    }

    [Fact]
    public async Task A_master_should_authenticate_others_by_their_magic()
    {
        var (master, other) = (await OpenAsync(), await OpenAsync(DrmClient.Unprivileged));
        Assert.False((await other.CallAsync(new GetClient(0))).Value!.Authenticated);

        await master.AuthMagicAsync(await other.GetMagicAsync());

        Assert.True((await other.CallAsync(new GetClient(0))).Value!.Authenticated);
    }

    [Fact]
    public async Task A_card_that_is_not_there_should_be_ENODEV() => await RefusedAsync(Errno.ENODEV, () => Host.OpenAsync(minor: 9));

    [Fact]
    public async Task Boards_of_a_kind_should_stand_side_by_side()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms", "vkms", "rk3399", "rk3399", "vkms" }, Time = TimeMode.Virtual });
        var uniques = new List<string>();
        foreach (var board in host.Boards)
        {
            await using var card = await host.OpenAsync(board.Minor);
            await card.CallAsync(new SetVersion(1, 4, -1, -1));
            uniques.Add((await card.CallAsync(new GetUnique())).Value!.Name);
        }

        Assert.Equal(["vkms", "vkms.1", "rk3399", "rk3399.1", "vkms.2"], host.Boards.Select(b => b.Name));
        Assert.Equal(["vkms", "vkms.1", "display-subsystem", "display-subsystem.1", "vkms.2"], uniques);
    }

    protected override void Configure(DrmHostOptions options) => options.OnBindStep = _steps.Add;
}
