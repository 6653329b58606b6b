namespace DrmActors.Bench;

/// <summary>One figure of the table in docs/performance.md: a ratio against a yardstick taken in the same run, and what it should be.</summary>
/// <param name="Ratio">Where there is no yardstick, the figure itself.</param>
/// <param name="Note">Begins with "at most" where less is better, else more is; then the figures behind the ratio.</param>
internal sealed record BenchRow(string What, string Yardstick, double Ratio, double Target, string Note)
{
    public bool IsBoundAbove => Note.StartsWith("at most", StringComparison.Ordinal);

    public bool IsMet => IsBoundAbove ? Ratio <= Target : Ratio >= Target;
}
