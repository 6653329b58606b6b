namespace DrmActors.Hardware.Boards;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class NearestKey
{
    /// <returns>The allowed word fewest letters away, upper and lower case alike, if that is at most half of the word.</returns>
    internal static string? To(string word, IEnumerable<string> allowed) => allowed
        .Select(a => (Word: a, Distance: Distance(word.ToUpperInvariant(), a.ToUpperInvariant())))
        .Where(a => a.Distance * 2 <= Math.Max(word.Length, 3))
        .OrderBy(a => a.Distance)
        .Select(a => a.Word)
        .FirstOrDefault();

    /// <summary>Letters to insert, delete or replace.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
