using System.Globalization;
using DrmActors.Actors;

namespace DrmActors.Simulation.Tracing;

/// <summary>An actor from one message to the next: what has changed in between.</summary>
internal sealed class ActorStates(DrmActor actor)
{
    private Dictionary<string, string> _facts = FactsOf(actor);

    public DrmActor Actor => actor;

    /// <summary>Since the last time; empty for nothing.</summary>
    public string Changes()
    {
        var now = FactsOf(actor);
        var changes = now.Where(f => _facts.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => _facts.TryGetValue(f.Key, out var was) ? $"{f.Key}: {was} -> {f.Value}" : $"{f.Key}: {f.Value}")
            .Concat(_facts.Keys.Where(name => !now.ContainsKey(name)).Select(name => $"{name}: gone"))
            .ToList();
        _facts = now;
        return string.Join("; ", changes);
    }

    private static Dictionary<string, string> FactsOf(DrmActor actor)
    {
        // Two of a name, as two calls that wait for the same, are told apart by their order.
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in actor.Facts())
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            for (var i = 2; !facts.TryAdd(i == 2 ? name : $"{name} ({i - 1})", text); i++)
            {
            }
        }

        return facts;
    }
}
