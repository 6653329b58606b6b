using DrmActors.Simulation.Stressing;

namespace DrmActors.Simulation.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_part_of_all_should_lie_within_a_bucket_of_its_value()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100_000; i++)
            histogram.Add(i * 37L);

        Assert.Equal((100_000, 3_700_000), (histogram.Count, histogram.Max));
        foreach (var part in new[] { 0.01, 0.5, 0.9, 0.99, 1 })
            Assert.InRange(histogram.At(part), part * 3_700_000 * 31 / 32, part * 3_700_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    public void Small_values_should_be_exact(long value)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(value);

        Assert.Equal(value, histogram.At(0.5));
    }

    [Fact]
    public void The_largest_value_should_have_a_bucket()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(long.MaxValue);
        histogram.Add(-1);

        Assert.Equal(0, histogram.At(0.5));
        Assert.InRange(histogram.At(1), long.MaxValue / 32 * 31, long.MaxValue);
    }
}
