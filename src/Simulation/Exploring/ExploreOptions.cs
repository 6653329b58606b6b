using DrmActors.Actors;
using DrmActors.Hosting;
using DrmActors.Hosting.Internals;

namespace DrmActors.Simulation.Exploring;

/// <summary>What an exploration tries.</summary>
public sealed class ExploreOptions
{
    private readonly Lock _lock = new();
    private HostParts? _parts;
    private IReadOnlyList<string> _partsOf = [];

    /// <summary>How many seeds; each is a run in a world of its own.</summary>
    public int Seeds { get; set; } = 1000;

    /// <summary>The first seed.</summary>
    public int From { get; set; }

    public Strategy Strategy { get; set; }

    /// <summary>Of <see cref="Strategy.Pct"/>: how many orderings a bug may need. Of <see cref="Strategy.Delay"/>: delays a run.</summary>
    public int Depth { get; set; } = 3;

    /// <summary>Choices that a run has, for the strategies that spread their changes over it; 0 to learn it from a dry run.</summary>
    public int Length { get; set; }

    /// <summary>Steps after which a run counts as a livelock.</summary>
    public long StepLimit { get; set; } = 1_000_000;

    /// <summary>Boards of each world: a name (config/boards/NAME.conf) or a file. None for the rk3399.</summary>
    public IList<string> Boards { get; } = [];

    /// <summary>Bytes of all buffers of a world together.</summary>
    public long ArenaSize { get; set; } = 256L << 20;

    /// <summary>What is wrong with the drivers of each world, on purpose.</summary>
    internal PlantedBug Planted { get; set; }

    /// <summary>What all worlds of these options read from files, once for as long as the boards are the same.</summary>
    internal HostParts PartsOf(DrmHostOptions host)
    {
        lock (_lock)
        {
            if (_parts is not null && _partsOf.SequenceEqual(host.Boards))
                return _parts;
            (_parts, _partsOf) = (HostParts.Load(host), [.. host.Boards]);
            return _parts;
        }
    }

    /// <summary>Worlds at the same time; 0 for as many as there are processors.</summary>
    public int Parallel { get; set; }

    /// <summary>The same of other seeds.</summary>
    internal ExploreOptions Of(int from, int seeds)
    {
        var other = (ExploreOptions)MemberwiseClone();
        (other.From, other.Seeds) = (from, seeds);
        return other;
    }
}
