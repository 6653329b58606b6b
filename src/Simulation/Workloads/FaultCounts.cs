using DrmActors.Messages;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>How many of each fault have happened, by its key in a fault file. Thread-safe.</summary>
internal sealed class FaultCounts
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public static string NameOf(IoctlFault fault) => $"ioctls.{fault.Row.Name["DRM_IOCTL_".Length..]}";

    public static string NameOf(ActorKind crashed) => $"crashes.{CrashCall.Words.First(w => w.Value == crashed).Key}";

    /// <param name="planned">Those that may happen, and are there with 0 until they do.</param>
    public static FaultCounts Of(IEnumerable<string> planned)
    {
        var counts = new FaultCounts();
        foreach (var name in planned)
            counts._counts[name] = 0;
        return counts;
    }

    public void Add(string name)
    {
        lock (_lock)
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    public IReadOnlyDictionary<string, long> ToDictionary()
    {
        lock (_lock)
            return new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);
    }
}
