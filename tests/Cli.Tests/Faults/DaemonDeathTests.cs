namespace DrmActors.Cli.Tests.Faults;

/// <summary>A daemon that is killed: its cards are gone as an unplugged device is, and nobody is left waiting.</summary>
public sealed class DaemonDeathTests(Programs programs) : IClassFixture<Programs>
{
    [Theory]
    [InlineData("idle")]
    [InlineData("polling")]
    [InlineData("epolling")]
    [InlineData("selecting")]
    [InlineData("reading")]
    [InlineData("late-reading")]
    [InlineData("waiting")]
    [InlineData("calling", false)]
    [InlineData("waiting-threads", true, 41)]
    [InlineData("a-child")]
    public void Clients_of_a_killed_daemon_should_find_the_device_gone(string state, bool sleeps = true, int threads = 1)
    {
        using var server = new Server(Path.Combine(programs.Folder, "dies-" + state));
        using var client = Watched.Start(programs, server, state);
        client.Expect("ready");
        if (sleeps)
            client.AwaitSleep(threads);

        server.End("KILL");

        client.EndsWell();
    }
}
