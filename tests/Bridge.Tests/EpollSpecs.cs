namespace DrmActors.Bridge.Tests;

/// <summary>clients/epolls.c and epollcloses.c</summary>
public sealed class EpollSpecs
{
    [Theory]
    [InlineData("epolls", "it-tells-what-poll-does")]
    [InlineData("epolls", "who-sleeps-is-woken")]
    [InlineData("epolls", "what-is-in-it-the-kernel-says")]
    [InlineData("epolls", "what-is-wanted-can-change")]
    [InlineData("epollcloses", "each-number-is-by-itself")]
    [InlineData("epollcloses", "the-last-close-takes-it-out")]
    [InlineData("epollcloses", "who-polls-it-asks-the-same")]
    [InlineData("epollcloses", "processes-share-it")]
    [InlineData("epollcloses", "a-program-inherits-it")]
    public async Task Epoll_should_tell_of_a_buffer_as_poll_does(string client, string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync(client, scenario);
    }

    [Fact]
    public async Task A_killed_waiter_should_leave_nothing()
    {
        await using var rig = await BridgeRig.StartAsync();
        var before = rig.Host.Usage;
        for (var round = 0; round < 3; round++)
        {
            using var waiter = rig.Start(CClients.Build("epolls"), "asleep-for-ever");
            Assert.Equal("ready", await waiter.StandardOutput.ReadLineAsync());
            waiter.Kill();
            await waiter.WaitForExitAsync();
            await rig.Server.BarrierAsync();

            Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
        }
    }
}
