namespace DrmActors.Hardware.Display;

/// <summary>The usable bytes of an EDID: a good base block and the extension blocks that count, 128 bytes each.</summary>
internal sealed class EdidImage(byte[] bytes)
{
    internal const int BlockSize = 128;
    internal const byte CtaTag = 0x02;
    internal const byte TimingBlockTag = 0x10;
    internal const byte DisplayIdTag = 0x70;
    internal const int DescriptorSize = 18;
    private const int BaseDescriptors = 54;

    internal byte[] Bytes => bytes;

    internal int Revision => bytes[19];

    internal bool IsDigital => (bytes[20] & 0x80) != 0;

    /// <summary>In byte 24 bit 1: the first detailed timing is the preferred one. From revision 4 on it always is.</summary>
    internal bool FirstTimingIsPreferred => Revision >= 4 || (bytes[24] & 0x02) != 0;

    /// <summary>In byte 24 bit 0: before revision 4, GTF timings are welcome; from then on, any timing within the range limits.</summary>
    internal bool IsContinuousFrequency => (bytes[24] & 0x01) != 0;

    internal ReadOnlySpan<byte> Base => bytes.AsSpan(0, BlockSize);

    internal IEnumerable<ArraySegment<byte>> Extensions(byte tag) => Enumerable.Range(1, bytes.Length / BlockSize - 1)
        .Select(block => new ArraySegment<byte>(bytes, block * BlockSize, BlockSize))
        .Where(block => block[0] == tag);

    /// <summary>All 18-byte descriptors: the base block's four, then those of CTA-861 and video timing blocks.</summary>
    internal IEnumerable<ArraySegment<byte>> Descriptors() =>
        Take(new(bytes, BaseDescriptors, 4 * DescriptorSize), 4)
            .Concat(Extensions(CtaTag).SelectMany(CtaDescriptors))
            .Concat(Extensions(TimingBlockTag).SelectMany(TimingBlockDescriptors));

    internal IEnumerable<ArraySegment<byte>> DetailedTimings() => Descriptors().Where(d => d[0] != 0 || d[1] != 0);

    internal IEnumerable<ArraySegment<byte>> DisplayDescriptors(byte tag) =>
        Descriptors().Where(d => d[0] == 0 && d[1] == 0 && d[2] == 0 && d[3] == tag);

    internal IEnumerable<RangeLimits> RangeLimits() =>
        DisplayDescriptors(Display.RangeLimits.DescriptorTag).Select(d => new RangeLimits(d, Revision));

    /// <summary>
    /// Whether modes with reduced blanking may be offered: from revision 4 on the range limits say so, before it any digital input.
    /// </summary>
    internal bool SupportsReducedBlanking => Revision >= 4 ? RangeLimits().Any(range => range.ReducedBlanking) : IsDigital;

    private static IEnumerable<ArraySegment<byte>> CtaDescriptors(ArraySegment<byte> block)
    {
        var start = block[2];
        return start is < 4 or >= BlockSize ? [] : Take(block[start..(BlockSize - 1)], BlockSize);
    }

    private static IEnumerable<ArraySegment<byte>> TimingBlockDescriptors(ArraySegment<byte> block) =>
        block[1] == 1 ? Take(block[5..(BlockSize - 1)], block[2]) : [];

    private static IEnumerable<ArraySegment<byte>> Take(ArraySegment<byte> bytes, int atMost) =>
        Enumerable.Range(0, Math.Min(atMost, bytes.Count / DescriptorSize)).Select(i => bytes.Slice(i * DescriptorSize, DescriptorSize));
}
