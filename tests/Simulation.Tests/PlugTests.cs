using DrmActors.Hosting;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Simulation.Tests;

/// <summary>Boards that several plug in while they crash: the host knows each that is up.</summary>
public sealed class PlugTests
{
    private const int Crashes = 3;
    private static readonly string[] Boards = ["vkms", "vgem"];

    [Theory]
    [InlineData(Strategy.Pct)]
    [InlineData(Strategy.Delay)]
    public void A_board_that_others_have_plugged_in_again_should_stay_known(Strategy strategy)
    {
        var options = new ExploreOptions { Strategy = strategy, Seeds = 300 };
        foreach (var board in Boards)
            options.Boards.Add(board);

        var report = DrmExplorer.Run(options, world =>
        {
            var ended = Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource()).ToArray();
            // It hears late that its board is up: that one may have died, and have come up again as another card.
            world.Start("slow", () => EndAsync(ended[0], async () =>
            {
                await TryAsync(() => world.Host.UnplugBoardAsync(Boards[0]));
                await TryAsync(() => world.Host.PlugBoardAsync(Boards[0]));
            }));
            world.Start("crash", () => EndAsync(ended[1], async () =>
            {
                for (var i = 0; i < Crashes; i++)
                {
                    await world.Host.CrashAsync("");
                    foreach (var board in Boards.Reverse())
                        await TryAsync(() => world.Host.PlugBoardAsync(board));
                }
            }));
            world.Start("judge", async () =>
            {
                await Task.WhenAll(ended.Select(e => e.Task));
                // EBUSY for a board that is up, and that the host has forgotten.
                foreach (var board in Boards.Except(world.Host.Boards.Select(b => b.Name)))
                    await world.Host.PlugBoardAsync(board);
                foreach (var board in world.Host.Boards)
                    await (await world.Host.OpenAsync(board.Minor)).DisposeAsync();
            });
            return Task.CompletedTask;
        });

        Assert.True(report.Violation is null, $"{report.Violation?.Seed}: {report.Violation?.Message}");
    }

    private static async Task TryAsync(Func<Task> plug)
    {
        try
        {
            await plug();
        }
        catch (Exception e) when (e is DrmException or DrmBootException)
        {
            // The other one was faster, or what came up has crashed.
        }
    }

    private static async Task EndAsync(TaskCompletionSource ended, Func<Task> work)
    {
        try
        {
            await work();
        }
        finally
        {
            ended.SetResult();
        }
    }
}
