using DrmActors.Hardware.Time;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Stressing;

/// <summary>Times the calls and counts their errors. The watch tells it one thing at a time; whoever shows it reads from another thread.</summary>
internal sealed class StressMeter(AlarmClock clock) : Invariant
{
    private readonly Lock _lock = new();
    private readonly LatencyHistogram _latencies = new();
    private readonly SortedDictionary<Errno, long> _errors = [];
    private readonly Dictionary<ObservedCall, long> _begun = [];
    private readonly long _start = clock.Now;

    public override string Protects => "calls are counted";

    public long Calls
    {
        get
        {
            lock (_lock)
                return _latencies.Count;
        }
    }

    public override void OnBegin(ObservedCall call)
    {
        lock (_lock)
            _begun.Add(call, clock.Now);
    }

    public override void OnEnd(ObservedCall call)
    {
        lock (_lock)
        {
            if (!_begun.Remove(call, out var began))
                return;
            _latencies.Add(clock.Now - began);
            _errors[call.Errno] = _errors.GetValueOrDefault(call.Errno) + 1;
        }
    }

    public StressFigures Figures(int rounds)
    {
        lock (_lock)
        {
            return new StressFigures(
                rounds,
                _latencies.Count,
                TimeSpan.FromTicks((clock.Now - _start) / 100),
                _errors.ToDictionary(e => e.Key.ToString(), e => e.Value, StringComparer.Ordinal),
                Microseconds(_latencies.At(0.5)),
                Microseconds(_latencies.At(0.99)),
                Microseconds(_latencies.Max));
        }

        static double Microseconds(long nanoseconds) => nanoseconds / 1e3;
    }
}

/// <summary>What a stress run has seen until now.</summary>
/// <param name="Rounds">After each of which all clients were gone and nothing was left.</param>
/// <param name="Errors">How many calls got which answer, None for success, by the name of the errno.</param>
/// <param name="P50">Of a call, in us; what waits for a vblank waits in it.</param>
public sealed record StressFigures(
    int Rounds, long Calls, TimeSpan Elapsed, IReadOnlyDictionary<string, long> Errors, double P50, double P99, double Max)
{
    /// <summary>Calls a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Calls / Elapsed.TotalSeconds : 0;
}
