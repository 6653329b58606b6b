using DrmActors.Hardware.Time;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>What the clients of a board tell each other beside the card: the way to try what is another's. The latest of each kind; thread-safe.</summary>
/// <param name="name">Of the board.</param>
/// <param name="faults">What has gone wrong.</param>
/// <param name="quiet">Waits until nothing is under way, where that can be known; null on threads.</param>
/// <param name="descriptors">Those that are told: of all boards of a run.</param>
internal sealed class RunBoard(string name, FaultCounts faults, Func<Task>? quiet, Slots<HeldDescriptor> descriptors)
{
    private const int Most = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private volatile CardFacts? _facts;

    public string Name => name;

    /// <summary>All boards of a host.</summary>
    public static IReadOnlyList<RunBoard> All(DrmHost host, FaultCounts faults, Func<Task>? quiet, bool waitsForClose = false)
    {
        var descriptors = new Slots<HeldDescriptor>(Most);
        return [.. host.Boards.Select(b => new RunBoard(b.Name, faults, quiet, descriptors) { WaitsForClose = waitsForClose })];
    }

    public FaultCounts Faults => faults;

    /// <summary>A board is plugged in again when all have closed its card: programs find the new one where the old one was.</summary>
    public bool WaitsForClose { get; private init; }

    /// <summary>Lets what is under way go on. A schedule need not be fair: it may let the time run, and nobody else.</summary>
    public async Task PauseAsync(AlarmClock clock)
    {
        if (quiet is not null)
            await quiet();
        await Task.Delay(Pause, clock);
    }

    public Slots<HeldNumber> Names { get; } = new(Most);

    public Slots<HeldDescriptor> Descriptors => descriptors;

    public Slots<HeldNumber> Magics { get; } = new(Most);

    public Slots<HeldNumber> Blobs { get; } = new(Most);

    public Slots<HeldFramebuffer> Framebuffers { get; } = new(Most);

    /// <summary>Null until somebody has asked.</summary>
    public CardFacts? Facts
    {
        get => _facts;
        set => _facts = value;
    }
}
