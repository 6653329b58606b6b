using DrmActors.Hosting;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests;

/// <summary>Clients that call as fast as they are answered, on threads and in real time.</summary>
public sealed class StressRunTests
{
    [Fact]
    public void Shares_should_be_of_the_slowest_and_of_the_one_in_the_middle()
    {
        Assert.Equal(new Shares(1, 4), Shares.Of([9, 4, 1, 2, 8]));
        Assert.Equal(0.25, Shares.Of([9, 4, 1, 2, 8]).Fairness);
        Assert.Equal(1, Shares.Of([]).Fairness);
    }

    [Fact]
    public async Task A_round_should_begin_with_all_boards_plugged_in()
    {
        const int Calls = 200;
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms", "vgem" }, Time = TimeMode.Real });
        await host.UnplugBoardAsync("vkms");
        var counts = new FaultCounts();
        var meter = new StressMeter(host, counts, clients: 2);
        var round = new StressRound(host, WorkloadMix.Load("standard"), faults: null, meter, counts);

        await round.RunAsync(new Seed(1), clients: 2, () => meter.Calls > Calls);

        Assert.Equal(["vgem", "vkms"], host.Boards.Select(b => b.Name).Order(StringComparer.Ordinal));
        Assert.InRange(meter.Calls, Calls, long.MaxValue);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_should_end_in_good_order()
    {
        using var cancelled = new CancellationTokenSource();
        var options = new StressOptions();
        options.Workloads.Clients = 4;

        var running = DrmStress.RunAsync(options, figures =>
        {
            if (figures.Calls > 100)
                cancelled.Cancel();
        }, cancelled.Token);

        Assert.True((await running.WaitAsync(TimeSpan.FromSeconds(20))).Passed);
    }
}
