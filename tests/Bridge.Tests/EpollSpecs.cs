namespace DrmActors.Bridge.Tests;

/// <summary>clients/epolls.c</summary>
public sealed class EpollSpecs
{
    [Theory]
    [InlineData("it-tells-what-poll-does")]
    [InlineData("who-sleeps-is-woken")]
    [InlineData("what-is-in-it-the-kernel-says")]
    [InlineData("what-is-wanted-can-change")]
    [InlineData("each-number-is-by-itself")]
    [InlineData("the-last-close-takes-it-out")]
    [InlineData("who-polls-it-asks-the-same")]
    [InlineData("processes-share-it")]
    [InlineData("a-program-inherits-it")]
    public async Task Epoll_should_tell_of_a_buffer_as_poll_does(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("epolls", scenario);
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
