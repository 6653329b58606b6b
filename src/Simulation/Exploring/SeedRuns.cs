namespace DrmActors.Simulation.Exploring;

/// <summary>Gathers the runs of an exploration, from many threads.</summary>
internal sealed class SeedRuns(int from)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _traces = [];
    private Violation? _lowest;
    private int _runs;
    private long _choices;
    private long _deliveries;

    public void Add(Violation run)
    {
        var outcome = run.Outcome;
        lock (_lock)
        {
            _runs++;
            _traces.Add(outcome.TraceHash);
            _choices += outcome.Choices;
            _deliveries += outcome.Deliveries;
            if (outcome.End != WorldEnd.Passed && (_lowest is null || run.Seed - from < _lowest.Seed - from))
                _lowest = run;
        }
    }

    public ExploreReport Report() => new(_runs, _traces.Count, _choices, _deliveries, _lowest);
}
