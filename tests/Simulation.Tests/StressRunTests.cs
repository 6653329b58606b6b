using DrmActors.Hosting;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests;

/// <summary>Clients that call as fast as they are answered, on threads and in real time.</summary>
public sealed class StressRunTests
{
    private const int Many = 256;

    // What waits for vblanks, and for others who do, is as slow as it is drawn often.
    private const string WithoutWaiting = """
        weights { open = 4, close = 1, create-dumb = 10, gem-close = 10, map = 5, touch = 5, unmap = 5, flink = 4, gem-open = 4, add-fb = 4, rm-fb = 4, get-resources = 10 }
        """;

    [Fact]
    public async Task No_client_of_many_should_get_less_than_half_of_what_the_one_in_the_middle_gets()
    {
        var shown = 0;
        var mix = Path.Combine(Path.GetTempPath(), $"mix-{Environment.ProcessId}.conf");
        var options = new StressOptions { Operations = 150_000, Seed = 7 };
        options.Workloads.Clients = Many;
        options.Workloads.Mix = mix;
        StressResult result;
        File.WriteAllText(mix, WithoutWaiting);
        try
        {
            result = await DrmStress.RunAsync(options, _ => shown++);
        }
        finally
        {
            File.Delete(mix);
        }

        Assert.True(result.Passed, $"{result.Broken} {result.Leaks}");
        Assert.True(result.Figures.Clients.Fairness >= 0.5, result.Figures.Clients.ToString());
        Assert.InRange(result.Figures.Clients.Median, 20, long.MaxValue);
        Assert.InRange(shown, 2, int.MaxValue);
    }

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
