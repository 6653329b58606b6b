namespace DrmActors.Bench;

internal sealed record BenchRow(string What, string Yardstick, double Ratio, double Target, string Note);
