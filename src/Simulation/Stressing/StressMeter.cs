using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Stressing;

/// <summary>Times the calls and counts their errors. The watch tells it one thing at a time; whoever shows it reads from another thread.</summary>
internal sealed class StressMeter(DrmHost host, FaultCounts faults, int clients) : Invariant
{
    private readonly Lock _lock = new();
    private readonly LatencyHistogram _latencies = new();
    private readonly SortedDictionary<Errno, long> _errors = [];
    private readonly Dictionary<ObservedCall, long> _begun = [];
    private readonly long[] _ofClients = new long[clients];
    private readonly long _start = host.Clock.Now;
    private volatile int _rounds;

    public override string Protects => "calls are counted";

    /// <summary>Those that are over.</summary>
    public int Rounds
    {
        get => _rounds;
        set => _rounds = value;
    }

    public long Calls => _latencies.Count;

    public override void OnBegin(ObservedCall call)
    {
        lock (_lock)
            _begun.Add(call, host.Clock.Now);
    }

    public override void OnEnd(ObservedCall call)
    {
        lock (_lock)
        {
            if (!_begun.Remove(call, out var began) || call.Call is InjectFault)
                return;
            _latencies.Add(host.Clock.Now - began);
            _errors[call.Errno] = _errors.GetValueOrDefault(call.Errno) + 1;
            _ofClients[call.Client]++;
        }
    }

    public StressFigures Figures()
    {
        lock (_lock)
        {
            var usage = host.Usage;
            return new StressFigures(
                Rounds,
                _latencies.Count,
                TimeSpan.FromTicks((host.Clock.Now - _start) / 100),
                _errors.ToDictionary(e => e.Key.ToString(), e => e.Value, StringComparer.Ordinal),
                Latencies.Of(_latencies),
                Shares.Of(_ofClients),
                new Held(usage.Objects, usage.Pages, usage.Mappings),
                faults.ToDictionary());
        }
    }
}
