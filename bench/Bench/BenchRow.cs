namespace DrmActors.Bench;

/// <summary>One figure: a ratio against a yardstick taken in the same run, and what it should be. The note says which way it counts.</summary>
internal sealed record BenchRow(string What, string Yardstick, double Ratio, double Target, string Note);
