namespace DrmActors.Simulation.Exploring;

/// <summary>Delta debugging (Zeller and Hildebrandt, 2002): leaves out ever smaller parts of a list, as long as what is left still fails.</summary>
internal static class Shrinker
{
    /// <param name="fromEnd">Whether the last parts are tried first.</param>
    /// <returns>A part of the list that fails, and of which no single item can be left out.</returns>
    public static IReadOnlyList<T> Shrink<T>(IReadOnlyList<T> failing, Func<IReadOnlyList<T>, bool> fails, bool fromEnd = false)
    {
        for (var parts = 2; failing.Count > 0;)
        {
            parts = Math.Min(parts, failing.Count);
            if (FirstThatFails(failing, parts, fails, fromEnd) is { } smaller)
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

    /// <summary>For what takes two to go, as a call that makes something and one that takes it away again. As many tries as there are pairs.</summary>
    /// <returns>A part of the list that fails, and of which no two items can be left out.</returns>
    public static IReadOnlyList<T> ShrinkByPairs<T>(IReadOnlyList<T> failing, Func<IReadOnlyList<T>, bool> fails)
    {
        while (FirstPairThatFails(failing, fails) is { } smaller)
            failing = smaller;
        return failing;
    }

    private static List<T>? FirstPairThatFails<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> fails)
    {
        for (var second = 1; second < items.Count; second++)
            for (var first = 0; first < second; first++)
            {
                var rest = items.Where((_, i) => i != first && i != second).ToList();
                if (fails(rest))
                    return rest;
            }

        return null;
    }

    private static List<T>? FirstThatFails<T>(IReadOnlyList<T> items, int parts, Func<IReadOnlyList<T>, bool> fails, bool fromEnd)
    {
        for (var i = 0; i < parts; i++)
        {
            var part = fromEnd ? parts - 1 - i : i;
            var (from, to) = (items.Count * part / parts, items.Count * (part + 1) / parts);
            var rest = items.Take(from).Concat(items.Skip(to)).ToList();
            if (fails(rest))
                return rest;
        }

        return null;
    }
}
