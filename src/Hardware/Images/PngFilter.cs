using System.Numerics;

namespace DrmActors.Hardware.Images;

/// <summary>The five row filters of PNG: each byte less a guess made from its left, upper and upper left neighbour.</summary>
internal static class PngFilter
{
    internal const byte None = 0;
    internal const byte Sub = 1;
    internal const byte Up = 2;
    internal const byte Average = 3;
    internal const byte Paeth = 4;

    /// <summary>Puts a row back as it was; <paramref name="above"/> is the row before, already put back, or zeros.</summary>
    /// <param name="step">Bytes a pixel, at least 1.</param>
    internal static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < row.Length && filter != None; i++)
        {
            var left = i < step ? 0 : row[i - step];
            var corner = i < step ? 0 : above[i - step];
            row[i] += (byte)(filter switch
            {
                Sub => left,
                Up => above[i],
                Average => (left + above[i]) / 2,
                _ => Predict(left, above[i], corner),
            });
        }
    }

    internal static void ApplySub(ReadOnlySpan<byte> row, Span<byte> target, int step)
    {
        row[..step].CopyTo(target);
        Difference(row[step..], row, target[step..]);
    }

    internal static void ApplyUp(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target) => Difference(row, above, target);

    /// <summary>The usual measure of how well a filtered row will pack: the sum of its bytes' distances from 0.</summary>
    internal static long Cost(ReadOnlySpan<byte> row)
    {
        long sum = 0;
        foreach (var b in row)
            sum += Math.Abs((int)(sbyte)b);
        return sum;
    }

    private static void Difference(ReadOnlySpan<byte> row, ReadOnlySpan<byte> guess, Span<byte> target)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) - new Vector<byte>(guess[i..])).CopyTo(target[i..]);
        for (; i < row.Length; i++)
            target[i] = (byte)(row[i] - guess[i]);
    }

    private static int Predict(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        if (toLeft <= toUp && toLeft <= toCorner) return left;
        return toUp <= toCorner ? up : corner;
    }
}
