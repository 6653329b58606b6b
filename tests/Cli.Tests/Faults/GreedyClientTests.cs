using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests.Faults;

/// <summary>clients/greedy.c</summary>
public sealed class GreedyClientTests(Programs programs) : IClassFixture<Programs>
{
    [Fact]
    public void A_daemon_whose_descriptors_are_taken_should_refuse_more_and_go_on()
    {
        using var server = new Server(Path.Combine(programs.Folder, "greedy"));
        using var client = Watched.Start(programs, server, "greedy", client: "greedy");
        client.Expect("ready");
        Assert.Equal(0, Run("prlimit", ["--pid", $"{server.Id}", "--nofile=400:"], "").Code);

        client.Say("x");

        client.EndsWell();
    }
}
