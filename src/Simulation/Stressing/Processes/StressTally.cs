using DrmActors.Hosting;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>Adds up what clients in processes of their own say. Thread-safe.</summary>
/// <param name="faults">Null where nothing goes wrong.</param>
public sealed class StressTally(DrmHost host, int processes, StressFaults? faults)
{
    private readonly Lock _lock = new();
    private readonly LatencyHistogram _latencies = new();
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly long[] _ofProcesses = new long[processes];
    private readonly long _start = host.Clock.Now;

    public long Calls
    {
        get
        {
            lock (_lock)
                return _latencies.Count;
        }
    }

    /// <param name="process">Which, from 0; one that replaces another has its place.</param>
    /// <param name="line">Of its output.</param>
    /// <returns>False for a line that says nothing of the kind.</returns>
    public bool Add(int process, string line)
    {
        if (StressDelta.FromJson(line) is not { Errors: not null, Times: not null } delta)
            return false;
        lock (_lock)
        {
            _latencies.Add(delta.Times, delta.Max);
            foreach (var (errno, count) in delta.Errors)
                _errors[errno] = _errors.GetValueOrDefault(errno) + count;
            _ofProcesses[process] += delta.Calls;
        }

        return true;
    }

    public StressFigures Figures()
    {
        lock (_lock)
        {
            var usage = host.Usage;
            return new StressFigures(
                1,
                _latencies.Count,
                TimeSpan.FromTicks((host.Clock.Now - _start) / 100),
                new SortedDictionary<string, long>(_errors, StringComparer.Ordinal),
                Latencies.Of(_latencies),
                Shares.Of(_ofProcesses),
                new Held(usage.Objects, usage.Pages, usage.Mappings),
                (faults?.Counts ?? new FaultCounts()).ToDictionary());
        }
    }
}
