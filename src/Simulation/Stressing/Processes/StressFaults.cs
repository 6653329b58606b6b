using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>What goes wrong with a host while programs use its cards, as often as a fault file says. One thing at a time.</summary>
public sealed class StressFaults
{
    private const double OutOf = 1000;

    // So many at once, where the calls were faster than what goes wrong with them.
    private const double MostDue = 3;

    private readonly FaultMix _mix;
    private readonly DrmHost _host;
    private readonly Seed _seed;

    // One for each board.
    private readonly IReadOnlyList<WorkloadClient> _hands;
    private long _calls;
    private double _due;

    private StressFaults(FaultMix mix, DrmHost host, int seed)
    {
        (_mix, _host, _seed) = (mix, host, new Seed(seed));
        Counts = FaultCounts.Of(mix.Planned);
        var watch = new RunWatch([]) { Faults = Counts };
        var boards = RunBoard.All(host, Counts, quiet: null, waitsForClose: true);
        _hands = [.. boards.Select((_, i) => new WorkloadClient(i, host, boards, watch))];
        host.Faults.OnFailed = (_, fault) => Counts.Add(FaultCounts.NameOf(fault));
    }

    internal FaultCounts Counts { get; }

    /// <summary>From a name (config/workloads/NAME.conf) or a file, for the boards of a host.</summary>
    /// <exception cref="WorkloadMixException">No such file, or a broken one.</exception>
    public static async Task<StressFaults> StartAsync(string nameOrFile, DrmHost host, int seed)
    {
        var faults = new StressFaults(FaultMix.Load(nameOrFile), host, seed);
        foreach (var always in faults._mix.Always)
            await always.RunAsync(faults._hands[0]);
        return faults;
    }

    /// <summary>Looks at a file before anything is started.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public static void Check(string nameOrFile) => FaultMix.Load(nameOrFile);

    /// <summary>Does what is due by now.</summary>
    /// <param name="calls">That the clients have made since the start.</param>
    /// <param name="kill">Kills one of them, and starts another in its place; false where there is none to kill.</param>
    /// <exception cref="StressFailedException">A board that was pulled out does not come back.</exception>
    public async Task StepAsync(long calls, Func<bool> kill)
    {
        ArgumentNullException.ThrowIfNull(kill);
        _due = Math.Min(_due + ((calls - _calls) * _mix.Rate / OutOf), MostDue);
        _calls = calls;
        for (; _due >= 1; _due--)
            await DoAsync(_mix.Pick(_seed), kill);
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Stop() => _host.ClearIoctlFaults();

    private async Task DoAsync(WorkloadCall? fault, Func<bool> kill)
    {
        var hand = _hands[_seed.Below(_hands.Count)];
        try
        {
            if (fault is KillCall)
            {
                if (kill())
                    Counts.Add("kill");
            }
            else if (fault is CrashCall { Actor: ActorKind.File } crash)
            {
                await CrashFileAsync(hand, crash.Slot);
            }
            else if (fault is not null)
            {
                await fault.RunAsync(hand);
            }
        }
        catch (InvariantException e)
        {
            throw new StressFailedException(e.Message);
        }
    }

    // Of any client: the one that does this has none.
    private async Task CrashFileAsync(WorkloadClient hand, int slot)
    {
        if (_host.Boards.FirstOrDefault(b => b.Name == hand.Board.Name) is not { } board)
            return;
        var files = (await _host.AskAsync(_host.Supervisor, new ViewCard(board.Minor))).Value?.View.Files ?? [];
        if (!files.IsEmpty && await _host.CrashAsync($"card{board.Minor}/file-{files[slot % files.Count].Id}") == Errno.EIO)
            Counts.Add(FaultCounts.NameOf(ActorKind.File));
    }
}

/// <summary>A promise was broken while programs used a host's cards: which, in a sentence.</summary>
public sealed class StressFailedException(string what) : Exception(what);
