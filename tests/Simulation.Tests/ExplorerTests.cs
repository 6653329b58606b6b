using DrmActors.Messages;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Simulation.Tests;

/// <summary>Races of a workload are found, whatever the strategy, and come back as they were.</summary>
public sealed class ExplorerTests
{
    [Theory]
    [InlineData(Strategy.Random)]
    [InlineData(Strategy.Pct)]
    [InlineData(Strategy.Delay)]
    public void A_race_should_be_found_and_replayed(Strategy strategy)
    {
        var options = new ExploreOptions { Strategy = strategy, Seeds = 500, Boards = { "vkms" } };
        var report = DrmExplorer.Run(options, LosesMasterAsync);

        var violation = Assert.IsType<Violation>(report.Violation);
        Assert.Equal("nobody became master", violation.Message);
        var trace = new StringWriter();
        var again = DrmExplorer.Replay(options, violation, LosesMasterAsync, trace);
        Assert.Equal(violation.Outcome.TraceHash, again.TraceHash);
        Assert.Equal("nobody became master", again.Failure!.Message);
        Assert.Equal(again.Deliveries, trace.ToString().Split('\n').Count(line => line.Contains("  <-  ", StringComparison.Ordinal)));
        Assert.Contains("<-  client-judge.1: OpenCard { Credentials = ", trace.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Failed: nobody became master\n", trace.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lowest_seed_that_fails_should_be_the_same_in_every_exploration()
    {
        var found = Enumerable.Range(0, 4)
            .Select(i => DrmExplorer.Run(new ExploreOptions { Parallel = 1 + i, Boards = { "vkms" } }, LosesMasterAsync).Violation!.Seed);

        Assert.Single(found.Distinct());
    }

    [Fact]
    public void A_client_that_waits_for_ever_should_be_a_deadlock()
    {
        var report = DrmExplorer.Run(new ExploreOptions { Seeds = 1, Boards = { "vkms" } }, world =>
        {
            world.Start("patient", () => new TaskCompletionSource().Task);
            return Task.CompletedTask;
        });

        Assert.Equal((WorldEnd.Deadlock, "Deadlock"), (report.Violation!.Outcome.End, report.Violation.Kind));
        Assert.Contains("patient", report.Violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_workload_leaves_behind_should_be_a_failure()
    {
        var report = DrmExplorer.Run(new ExploreOptions { Seeds = 1, Boards = { "vkms" } }, async world =>
        {
            var card = await world.Host.OpenAsync();
            await (await card.CreateDumbAsync(64, 64)).MapAsync();
        });

        Assert.Contains("mappings 1", report.Violation!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_of_something_else_should_say_where_it_differs()
    {
        var options = new ExploreOptions { Seeds = 200, Boards = { "vkms" } };
        var violation = DrmExplorer.Run(options, LosesMasterAsync).Violation!;

        var outcome = Record.Exception(() => DrmExplorer.Replay(options, violation, _ => Task.CompletedTask));

        Assert.IsType<ReplayException>(outcome);
    }

    // By name the holder comes first; that the judge may overtake it is the race.
    private static Task LosesMasterAsync(DrmWorld world)
    {
        var masters = 0;
        world.Start("holder", async () =>
        {
            await using var card = await world.Host.OpenAsync();
            masters += (await card.CallAsync(new SetMaster())).Ok ? 1 : 0;
        });
        world.Start("judge", async () =>
        {
            await using var card = await world.Host.OpenAsync();
            if (masters == 0)
                throw new InvalidOperationException("nobody became master");
        });
        return Task.CompletedTask;
    }
}
