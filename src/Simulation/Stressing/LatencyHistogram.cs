using System.Numerics;

namespace DrmActors.Simulation.Stressing;

/// <summary>Counts of times in buckets that are at most 1/32 wide of their value: 16 KiB however many there are.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;

    private readonly long[] _counts = new long[64 * Sub];

    public long Count { get; private set; }

    /// <summary>In ns.</summary>
    public long Max { get; private set; }

    /// <param name="nanoseconds">Below 0 counts as 0.</param>
    public void Add(long nanoseconds)
    {
        nanoseconds = Math.Max(nanoseconds, 0);
        _counts[BucketOf(nanoseconds)]++;
        Count++;
        Max = Math.Max(Max, nanoseconds);
    }

    /// <summary>Those that were counted elsewhere.</summary>
    /// <param name="times">How many in which bucket.</param>
    public void Add(IReadOnlyDictionary<int, long> times, long max)
    {
        foreach (var (bucket, count) in times)
        {
            _counts[bucket] += count;
            Count += count;
        }

        Max = Math.Max(Max, max);
    }

    /// <summary>In ns: the lower end of the bucket in which the part of all lies; 0 where there are none.</summary>
    /// <param name="part">0 to 1.</param>
    public long At(double part)
    {
        var left = (long)Math.Ceiling(part * Count);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0 && Count > 0)
                return LowerEnd(bucket);
        }

        return 0;
    }

    public static int BucketOf(long value)
    {
        var exponent = Math.Max(BitOperations.Log2((ulong)value | 1) - SubBits, 0);
        return (exponent * Sub) + (int)(value >> exponent);
    }

    private static long LowerEnd(int bucket)
    {
        var exponent = Math.Max((bucket / Sub) - 1, 0);
        return (long)(bucket - (exponent * Sub)) << exponent;
    }
}
