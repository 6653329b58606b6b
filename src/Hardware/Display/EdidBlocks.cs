using System.Globalization;

namespace DrmActors.Hardware.Display;

/// <summary>
/// Decides which 128-byte blocks of an EDID count, as a driver that reads them from a monitor does: a bad base block or a missing
/// block is the end of it; a bad extension block is dropped, but for CTA-861, whose checksum is often left wrong by switch boxes.
/// </summary>
internal static class EdidBlocks
{
    private const int Size = EdidImage.BlockSize;
    private const int VersionByte = 18;
    private const int CountByte = 126;
    private const int ChecksumByte = 127;
    private const int HeaderMatchesToRepair = 6;
    internal static readonly byte[] Header = [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];
    private static readonly byte[] KnownTags = [0x02, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa7, 0xaf, 0xbf, 0xf0, 0xff];

    /// <summary>The usable blocks, their count and checksum in the base block made true; null where there are none.</summary>
    internal static EdidImage? Read(ReadOnlySpan<byte> bytes, List<string> problems)
    {
        if (bytes.Length < Size)
            return Refuse(problems, $"block 0, byte {bytes.Length}: the block ends here, expected {Size} bytes");
        var first = bytes[..Size].ToArray();
        if (!CheckHeader(first, problems)) return null;
        var checksum = Checksum(first);
        if (first[ChecksumByte] != checksum) return Refuse(problems, At(0, ChecksumByte, "checksum", first[ChecksumByte], checksum));
        if (first[VersionByte] != 1) return Refuse(problems, At(0, VersionByte, "version", first[VersionByte], 1));

        var count = Count(first, bytes);
        if (bytes.Length / Size < count)
        {
            var whole = bytes.Length / Size;
            return Refuse(problems, bytes.Length % Size == 0
                ? $"block 0, byte {CountByte} (extension count): found {count - 1}, expected {whole - 1}, which is what follows"
                : $"block {whole}, byte {bytes.Length % Size}: the block ends here, expected {Size} bytes");
        }

        if (bytes.Length > count * Size)
        {
            var excess = bytes.Length - count * Size;
            problems.Add($"block 0, byte {CountByte} (extension count): found {count - 1}, {excess} more bytes follow and are ignored");
        }

        return new(Assemble(first, bytes[..(count * Size)], problems));
    }

    internal static byte Checksum(ReadOnlySpan<byte> block)
    {
        byte sum = 0;
        foreach (var value in block[..ChecksumByte]) sum += value;
        return (byte)-sum;
    }

    /// <summary>
    /// How many blocks there should be: HDMI 2.1 monitors say it a second time, in the first data block, where there are more than
    /// HDMI 1.x allowed.
    /// </summary>
    private static int Count(ReadOnlySpan<byte> first, ReadOnlySpan<byte> bytes)
    {
        const byte tagAndLength = (CtaDataBlocks.Extended << 5) | 2;
        var count = first[CountByte] + 1;
        if (count == 1 || bytes.Length < 2 * Size) return count;
        var second = bytes.Slice(Size, Size);
        return second[0] == EdidImage.CtaTag && second[1] >= 3
            && second[4] == tagAndLength && second[5] == CtaDataBlocks.HdmiForumBlockCount
            ? Math.Max(count, second[6] + 1)
            : count;
    }

    private static bool CheckHeader(Span<byte> first, List<string> problems)
    {
        var matches = 0;
        var wrong = -1;
        for (var i = Header.Length - 1; i >= 0; i--)
        {
            if (first[i] == Header[i]) matches++;
            else wrong = i;
        }

        if (wrong < 0) return true;
        var problem = At(0, wrong, "header", first[wrong], Header[wrong]);
        if (matches < HeaderMatchesToRepair) return Refuse(problems, problem) is not null;
        problems.Add($"{problem}; the header is repaired");
        Header.CopyTo(first);
        return true;
    }

    private static byte[] Assemble(byte[] first, ReadOnlySpan<byte> bytes, List<string> problems)
    {
        var image = new List<byte>(first);
        for (var block = 1; block < bytes.Length / Size; block++)
        {
            var extension = bytes.Slice(block * Size, Size);
            if (IsUsable(block, extension, problems)) image.AddRange(extension);
        }

        var usable = image.ToArray();
        if (usable.Length == bytes.Length) return usable;
        usable[CountByte] = (byte)(usable.Length / Size - 1);
        usable[ChecksumByte] = Checksum(usable);
        return usable;
    }

    private static bool IsUsable(int block, ReadOnlySpan<byte> extension, List<string> problems)
    {
        var checksum = Checksum(extension);
        if (extension[ChecksumByte] != checksum)
        {
            var isCta = extension[0] == EdidImage.CtaTag;
            var problem = At(block, ChecksumByte, "checksum", extension[ChecksumByte], checksum);
            problems.Add($"{problem}; the block is {(isCta ? "used all the same" : "ignored")}");
            return isCta;
        }

        if (!KnownTags.Contains(extension[0]))
        {
            var problem = At(block, 0, "extension tag", extension[0], EdidImage.CtaTag);
            problems.Add($"{problem} (CTA-861) or 0x{EdidImage.DisplayIdTag:X2} (DisplayID); the block is ignored");
        }
        else if (extension[0] == EdidImage.DisplayIdTag && DisplayId.Problem(extension) is { } problem)
        {
            problems.Add($"block {block}, {problem}; the section is ignored");
        }

        return true;
    }

    private static string At(int block, int index, string field, byte found, byte expected) => string.Create(CultureInfo.InvariantCulture,
        $"block {block}, byte {index} ({field}): found 0x{found:X2}, expected 0x{expected:X2}");

    private static EdidImage? Refuse(List<string> problems, string problem)
    {
        problems.Add($"{problem}; the EDID is not used");
        return null;
    }
}
