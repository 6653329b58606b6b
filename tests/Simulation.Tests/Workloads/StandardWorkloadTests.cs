using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>The standard workload keeps all promises on every seed.</summary>
public sealed class StandardWorkloadTests
{
    private const int Clients = 8;
    private const int Calls = 60;
    private const int Depth = 4;
    private const int Length = 2400;
    private static readonly string[] Boards = ["rk3399", "vkms", "no-vblank"];
    private static readonly WorkloadMix Mix = WorkloadMix.Standard;

    [Theory]
    [InlineData("vkms", Strategy.Random, 200)]
    [InlineData("rk3399", Strategy.Random, 200)]
    [InlineData("no-vblank", Strategy.Random, 200)]
    [InlineData("vkms", Strategy.Pct, 60)]
    [InlineData("rk3399", Strategy.Pct, 60)]
    [InlineData("rk3399", Strategy.Delay, 60)]
    public void Every_seed_should_keep_all_promises(string board, Strategy strategy, int seeds)
    {
        for (var seed = 0; seed < seeds; seed++)
            Run(board, strategy, seed, Clients);
    }

    [Theory]
    [InlineData("vkms", Strategy.Random, 150)]
    [InlineData("rk3399", Strategy.Random, 100)]
    [InlineData("no-vblank", Strategy.Random, 60)]
    [InlineData("rk3399", Strategy.Pct, 40)]
    public void Every_seed_should_keep_all_promises_when_things_go_wrong(string board, Strategy strategy, int seeds)
    {
        var faults = FaultMix.Load("faults");
        var counts = FaultCounts.Of(faults.Planned);
        for (var seed = 0; seed < seeds; seed++)
            Run(board, strategy, seed, Clients, faults, counts);
        Assert.DoesNotContain(counts.ToDictionary(), c => c.Value == 0 && seeds >= 100);
    }

    [Fact]
    public void A_run_in_which_things_go_wrong_should_come_back_as_it_was()
    {
        var faults = FaultMix.Load("faults");
        for (var seed = 0; seed < 10; seed++)
        {
            var drawn = WorkloadGenerator.Make(Mix, new Seed(seed), Clients, Calls, faults);
            var traces = new HashSet<ulong>();
            foreach (var workload in (Workload[])[drawn, drawn, Workload.FromJson(drawn.ToJson())])
                traces.Add(Run("vkms", new RandomSchedule(new Seed(seed)), workload, new RunWatch([]), out _).TraceHash);
            Assert.Single(traces);
        }
    }

    [Fact]
    public void One_client_alone_should_leave_nothing_changed_by_a_failed_call()
    {
        for (var seed = 0; seed < 100; seed++)
            Run("rk3399", Strategy.Random, seed, clients: 1);
    }

    [Fact]
    public void Every_kind_of_call_should_succeed_and_nearly_every_one_fail_on_some_seed()
    {
        var outcomes = new HashSet<(string Kind, bool Ok)>();
        // Only one of the two has syncobjs.
        for (var seed = 0; seed < 180; seed++)
            outcomes.UnionWith(WorkloadRuns.OutcomesOf(Run(seed % 3 == 0 ? "no-vblank" : "vkms", Strategy.Random, seed, Clients)));
        var kinds = Mix.Weights.Select(w => w.Kind.Name).ToList();
        var never = kinds.Where(k => !outcomes.Contains((k, true))).Order(StringComparer.Ordinal);
        // The dead answer ENODEV, neither has gamma, and two are wrong on purpose. A guess may be right.
        Assert.Equal(["die", "gem-close-any", "map-too-long", "set-gamma"], never.Where(k => k != "auth-any"));
        Assert.True(kinds.Count(k => outcomes.Contains((k, false))) >= kinds.Count - 2);
    }

    [Fact]
    public void Every_ioctl_should_be_called_or_have_a_reason_not_to_be()
    {
        // With the reason.
        var without = new Dictionary<string, string>(StringComparer.Ordinal);
        var called = new Called();
        for (var seed = 0; seed < 300 && Never().Any(n => !without.ContainsKey(n)); seed++)
        {
            var chance = new Seed(seed);
            Run(Boards[seed % Boards.Length], new RandomSchedule(chance.Fork()), WorkloadGenerator.Make(Mix, chance.Fork(), Clients, Calls), new RunWatch([called]), out _);
        }

        Assert.Equal(without.Keys, Never());

        IEnumerable<string> Never() => IoctlTable.Rows.Where(r => !called.Messages.Contains(r.Message)).Select(r => r.Name);
    }

    [Fact]
    public async Task A_workload_should_run_on_threads_too()
    {
        for (var seed = 0; seed < 20; seed++)
            await OnThreadsAsync(seed);
    }

    [Fact]
    public void A_violation_should_end_the_run_with_its_name()
    {
        var workload = WorkloadGenerator.Make(Mix, new Seed(1), 4, 200);
        var outcome = Run("vkms", new RandomSchedule(new Seed(1)), workload, new RunWatch([new NeverMaps()]), out _);
        Assert.Equal(nameof(NeverMaps), Assert.IsType<InvariantException>(outcome.Failure).Invariant);
    }

    [Fact]
    public void What_is_wrong_at_a_pause_should_end_the_run_for_all()
    {
        var workload = WorkloadGenerator.Make(Mix, new Seed(1), 4, 80);
        var outcome = Run("vkms", new RandomSchedule(new Seed(1)), workload, new RunWatch([new NeverQuiet()]), out _);
        Assert.Equal((WorldEnd.Failed, nameof(NeverQuiet)), (outcome.End, (outcome.Failure as InvariantException)?.Invariant));
    }

    private static async Task OnThreadsAsync(int number)
    {
        var options = new DrmHostOptions { Boards = { "rk3399" }, ArenaSize = 64L << 20, Time = TimeMode.Virtual };
        await using var host = await DrmHost.StartAsync(options);
        var workload = WorkloadGenerator.Make(Mix, new Seed(number), Clients, Calls);
        var run = await StandardWorkload.PrepareAsync(host, workload, new RunWatch(StandardInvariants.ForThreads()));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Task.Run(() => run.ClientAsync(i)))).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True((await host.ShutdownAsync()).IsClean);
    }

    private static StandardWorkload Run(string board, Strategy strategy, int number, int clients, FaultMix? faults = null, FaultCounts? counts = null)
    {
        var seed = new Seed(number);
        var workload = WorkloadGenerator.Make(Mix, seed.Fork(), clients, Calls, faults);
        var watch = new RunWatch(StandardInvariants.Make()) { Faults = counts ?? new FaultCounts() };
        var outcome = Run(board, strategy.Schedule(seed.Fork(), Depth, Length), workload, watch, out var run);
        Assert.True(
            outcome.End == WorldEnd.Passed, $"{board}, {strategy}, seed {number}: {outcome.End} {outcome.Failure} {string.Join("; ", watch.Pending)}");
        return run!;
    }

    private static WorldOutcome Run(string board, ISchedule schedule, Workload workload, RunWatch watch, out StandardWorkload? run) =>
        WorkloadRuns.Run([board], arenaSize: 24L << 20, schedule, workload, watch, out run);

    private sealed class Called : Invariant
    {
        public HashSet<Type> Messages { get; } = [];

        public override string Protects => "nothing; it looks on";

        public override void OnBegin(ObservedCall call) => Messages.Add(call.Call.GetType());
    }

    private sealed class NeverMaps : Invariant
    {
        public override string Protects => "nothing, and it does not hold";

        public override void OnEnd(ObservedCall call)
        {
            if (call is { Ok: true, Call: Mmap })
                throw Violated(call, "mapped");
        }
    }

    private sealed class NeverQuiet : Invariant
    {
        public override string Protects => "nothing, and it does not hold";

        public override string? AtQuiet(QuietPoint now) => "quiet";
    }
}
