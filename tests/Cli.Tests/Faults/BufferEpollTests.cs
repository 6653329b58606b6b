namespace DrmActors.Cli.Tests.Faults;

/// <summary>Dma-bufs in epolls are sockets of the daemon's (clients/epolling.c): they go with the dma-buf, and say nothing when they go with the daemon.</summary>
public sealed class BufferEpollTests(Programs programs) : IClassFixture<Programs>
{
    [Fact]
    public void Closed_buffers_should_leave_no_descriptor_in_the_daemon()
    {
        using var server = new Server(Path.Combine(programs.Folder, "many"));
        using var client = Watched.Start(programs, server, "many", client: "epolling");
        client.Expect("opened");
        var before = Descriptors(server);

        for (var round = 0; round < 2; round++)
        {
            client.Say("x");
            client.Expect("watched");
            Assert.InRange(Descriptors(server), before + 2000, before + 5000);
            client.Say("x");
            client.Expect("closed");
            Assert.Equal(before, Descriptors(server));
        }

        client.Say("x");
        client.EndsWell();
    }

    [Fact]
    public void A_killed_daemon_should_not_be_told_as_readiness()
    {
        using var server = new Server(Path.Combine(programs.Folder, "orphaned"));
        using var client = Watched.Start(programs, server, "orphaned", client: "epolling");
        client.Expect("ready");
        client.AwaitSleep();

        server.End("KILL");

        client.EndsWell();
    }

    // Not the files that a runtime reads now and then.
    private static int Descriptors(Server server) => Directory.GetFileSystemEntries($"/proc/{server.Id}/fd")
        .Count(one => new FileInfo(one).LinkTarget?.Split(':')[0] is "socket" or "pipe" or "/memfd");
}
