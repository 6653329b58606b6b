using DrmActors.Messages;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>Clients of several boards pass buffers on, and all promises are kept.</summary>
public sealed class SharingWorkloadTests
{
    private const int Clients = 8;
    private const int Calls = 60;
    private static readonly WorkloadMix Mix = WorkloadMix.Load("sharing");

    [Theory]
    [InlineData("rk3399,vkms", Strategy.Random, 100, null)]
    [InlineData("rk3399,vgem", Strategy.Pct, 50, null)]
    [InlineData("vkms,vgem,no-vblank", Strategy.Delay, 50, null)]
    [InlineData("rk3399,vkms", Strategy.Random, 100, "faults")]
    [InlineData("vkms,vgem", Strategy.Random, 60, "faults")]
    public void Every_seed_should_keep_all_promises(string boards, Strategy strategy, int seeds, string? faults)
    {
        var options = new ExploreOptions { Seeds = seeds, Strategy = strategy };
        foreach (var board in boards.Split(','))
            options.Boards.Add(board);

        var report = WorkloadExplorer.Run(options, new WorkloadOptions { Mix = "sharing", Faults = faults, Clients = Clients, Calls = Calls });

        Assert.True(report.Violation is null, $"seed {report.Violation?.Seed}: {report.Violation?.Message}");
    }

    [Fact]
    public void Every_kind_of_call_should_succeed_and_buffers_go_from_every_board_to_every_other()
    {
        var succeeded = new HashSet<string>();
        var travels = new Travels();
        for (var seed = 0; seed < 100; seed++)
            succeeded.UnionWith(WorkloadRuns.OutcomesOf(Run(seed, travels)).Where(o => o.Ok).Select(o => o.Kind));

        // The dead answer ENODEV. A fence that is kept mostly ends by its time before it is signalled; attach-fence signals its own at once.
        Assert.DoesNotContain(Mix.Weights.Select(w => w.Kind.Name), k => k is not ("die" or "signal-fence") && !succeeded.Contains(k));
        Assert.Equal(9, travels.Seen.Count);
        Assert.InRange(travels.Seen.Values.Min(), 20, int.MaxValue);
    }

    [Fact]
    public async Task Clients_on_threads_should_share_too()
    {
        var options = new StressOptions { Operations = 4000, Boards = { "rk3399", "vkms" } };
        options.Workloads.Mix = "sharing";
        options.Workloads.Clients = 12;

        var result = await DrmStress.RunAsync(options).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(result.Passed, $"{result.Broken} {result.Leaks}");
    }

    private static StandardWorkload Run(int number, Invariant onlooker)
    {
        var seed = new Seed(number);
        var workload = WorkloadGenerator.Make(Mix, seed.Fork(), Clients, Calls);
        var watch = new RunWatch([.. StandardInvariants.Make(), onlooker]);
        var outcome = WorkloadRuns.Run(["rk3399", "vgem", "no-vblank"], arenaSize: 48L << 20, new RandomSchedule(seed.Fork()), workload, watch, out var run);
        Assert.True(outcome.End == WorldEnd.Passed, $"seed {number}: {outcome.End} {outcome.Failure}");
        return run!;
    }

    /// <summary>Counts imports by the boards that they go from and to.</summary>
    private sealed class Travels : Invariant
    {
        public Dictionary<(int From, int To), int> Seen { get; } = [];

        public override string Protects => "nothing; it looks on";

        public override void OnEnd(ObservedCall call)
        {
            if (call is not { Ok: true, Call: PrimeFdToHandle import, Device: { } device }
                || device.View.Descriptors.Find(import.Descriptor) is not Actors.Prime.DmaBuf buffer)
                return;
            var from = Watched.FirstOrDefault(d => buffer.IsOf(d.View.Gem))?.Number ?? -1;
            Seen[(from, device.Number)] = Seen.GetValueOrDefault((from, device.Number)) + 1;
        }

        public override void OnBegin(ObservedCall call)
        {
            if (call.Device is { } device && !Watched.Contains(device))
                Watched.Add(device);
        }

        private List<ObservedDevice> Watched { get; } = [];
    }
}
