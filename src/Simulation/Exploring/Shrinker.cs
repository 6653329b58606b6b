namespace DrmActors.Simulation.Exploring;

/// <summary>Delta debugging (Zeller and Hildebrandt, 2002): leaves out ever smaller parts of a list, as long as what is left still fails.</summary>
internal static class Shrinker
{
    /// <returns>A part of the list that fails, and of which no single item can be left out.</returns>
    public static IReadOnlyList<T> Shrink<T>(IReadOnlyList<T> failing, Func<IReadOnlyList<T>, bool> fails)
    {
        for (var parts = 2; failing.Count > 0;)
        {
            parts = Math.Min(parts, failing.Count);
            if (FirstThatFails(failing, parts, fails) is { } smaller)
            {
                failing = smaller;
                parts = Math.Max(parts - 1, 2);
            }
            else if (parts >= failing.Count)
            {
                return failing;
            }
            else
            {
                parts *= 2;
            }
        }

        return failing;
    }

    private static List<T>? FirstThatFails<T>(IReadOnlyList<T> items, int parts, Func<IReadOnlyList<T>, bool> fails)
    {
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = (items.Count * part / parts, items.Count * (part + 1) / parts);
            var rest = items.Take(from).Concat(items.Skip(to)).ToList();
            if (fails(rest))
                return rest;
        }

        return null;
    }
}
