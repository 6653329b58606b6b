namespace DrmActors.Cli.Tests.Faults;

/// <summary>A daemon that does not read for a while makes its clients wait, and does them no other harm.</summary>
public sealed class StoppedDaemonTests(Programs programs) : IClassFixture<Programs>
{
    [Theory]
    [InlineData("stopped-open", 1, 0)]
    [InlineData("stopped-threads", 41, 40)]
    [InlineData("stopped-and-signalled", 1, 1, true)]
    [InlineData("stopped-and-interrupted", 1, 1, true)]
    public void Calls_should_wait_for_a_stopped_daemon_and_be_right(string state, int threads, int calls, bool signalled = false)
    {
        using var server = new Server(Path.Combine(programs.Folder, state));
        using var client = CallsWhileStopped(server, state);
        client.AwaitSleep(threads);
        client.AwaitPatience(calls);
        if (signalled)
        {
            client.Signal("USR1");
            client.Expect("rang");
            client.AwaitPatience(calls);
        }

        server.Signal("CONT");
        client.EndsWell();
        Assert.Equal(0, server.End("TERM"));
    }

    [Fact]
    public void Calls_that_a_stopped_daemon_never_read_should_fail_when_it_is_killed()
    {
        using var server = new Server(Path.Combine(programs.Folder, "stopped-and-killed"));
        using var client = CallsWhileStopped(server, "stopped-and-killed");
        client.AwaitPatience(threads: 1);

        server.End("KILL");

        client.EndsWell();
    }

    private Watched CallsWhileStopped(Server server, string scenario)
    {
        var client = Watched.Start(programs, server, scenario);
        client.Expect("ready");
        server.Signal("STOP");
        Watched.AwaitStop(server.Id);
        client.Say("x");
        client.Expect("ready");
        return client;
    }
}
