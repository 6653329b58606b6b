using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;

namespace DrmActors.FindingRaces;

// begin docs/finding-races.md
/// <summary>Two sessions take turns at one card, as two compositors on two virtual terminals do.</summary>
public sealed class SwitchingTests
{
    [Fact]
    public void Who_waits_for_its_turn_should_always_become_master()
    {
        var report = DrmExplorer.Run(world =>
        {
            var turn = new TaskCompletionSource();
            world.Start("first", async () =>
            {
                await using var card = await world.Host.OpenAsync();
                await card.CallAsync(new DropMaster());
                turn.SetResult();
            });
            world.Start("second", async () =>
            {
                await turn.Task;
                await using var card = await world.Host.OpenAsync();
                Assert.True((await card.CallAsync(new SetMaster())).Ok);
            });
            return Task.CompletedTask;
        });

        Assert.True(report.Violation is null, report.Violation?.Message);
    }

    [Fact]
    public void Who_does_not_wait_should_be_caught()
    {
        var report = DrmExplorer.Run(new ExploreOptions { Strategy = Strategy.Pct }, world =>
        {
            foreach (var name in new[] { "first", "second" })
                world.Start(name, async () =>
                {
                    await using var card = await world.Host.OpenAsync();
                    Assert.Equal(Errno.None, (await card.CallAsync(new SetMaster())).Errno);
                    await card.CallAsync(new DropMaster());
                });
            return Task.CompletedTask;
        });

        // In most orders they do not meet. In this one they do, and it comes back as often as it is replayed.
        Assert.Contains("EBUSY", report.Violation!.Message, StringComparison.Ordinal);
    }
}
// end docs/finding-races.md
