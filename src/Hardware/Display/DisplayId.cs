using System.Globalization;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>One DisplayID data block.</summary>
internal readonly record struct DisplayIdBlock(byte Tag, ArraySegment<byte> Payload);

/// <summary>
/// DisplayID 1.x and 2.0 sections in EDID extension blocks: their data blocks, and the detailed timings of type I and VII.
/// </summary>
internal static class DisplayId
{
    internal const byte CtaCollection = 0x81;
    private const byte DetailedTypeI = 0x03;
    private const byte DetailedTypeVii = 0x22;
    private const int SectionStart = 1;
    private const int HeaderSize = 4;
    private const int BlockHeaderSize = 3;
    private const int TimingSize = 20;
    private const byte Preferred = 0x80;

    /// <summary>What is wrong with the section in an extension block, null when nothing is; a wrong one is not read.</summary>
    internal static string? Problem(ReadOnlySpan<byte> extension)
    {
        var size = extension[SectionStart + 1] + HeaderSize + 1;
        var room = EdidImage.BlockSize - 1 - SectionStart;
        if (size > room)
            return string.Create(CultureInfo.InvariantCulture,
                $"byte 2 (DisplayID section size): found {size - 5}, expected at most {room - 5}");
        byte sum = 0;
        foreach (var value in extension.Slice(SectionStart, size - 1)) sum += value;
        var expected = (byte)-sum;
        var found = extension[SectionStart + size - 1];
        return found == expected ? null : string.Create(CultureInfo.InvariantCulture,
            $"byte {SectionStart + size - 1} (DisplayID checksum): found 0x{found:X2}, expected 0x{expected:X2}");
    }

    internal static IEnumerable<DisplayIdBlock> Blocks(EdidImage edid) => edid.Extensions(EdidImage.DisplayIdTag)
        .Where(extension => Problem(extension) is null)
        .SelectMany(extension => Split(extension.Slice(SectionStart + HeaderSize, extension[SectionStart + 1])));

    internal static IEnumerable<ModeInfo> Modes(EdidImage edid) => Blocks(edid)
        .Where(block => block.Tag is DetailedTypeI or DetailedTypeVii && block.Payload.Count % TimingSize == 0)
        .SelectMany(block => Enumerable.Range(0, block.Payload.Count / TimingSize)
            .Select(i => Timing(block.Payload.Slice(i * TimingSize, TimingSize), block.Tag == DetailedTypeVii ? 1 : 10)))
        .OfType<ModeInfo>();

    private static IEnumerable<DisplayIdBlock> Split(ArraySegment<byte> section)
    {
        while (section.Count > BlockHeaderSize)
        {
            var length = section[2];
            if (length == 0 || BlockHeaderSize + length > section.Count) yield break;
            yield return new(section[0], section.Slice(BlockHeaderSize, length));
            section = section[(BlockHeaderSize + length)..];
        }
    }

    /// <summary>Null where a line or frame is longer than a mode can say.</summary>
    private static ModeInfo? Timing(ReadOnlySpan<byte> t, int clockUnit)
    {
        var clock = ((t[0] | (t[1] << 8) | (t[2] << 16)) + 1L) * clockUnit;
        var hactive = Word(t, 4) + 1;
        var htotal = hactive + Word(t, 6) + 1;
        var hsyncStart = hactive + (Word(t, 8) & 0x7fff) + 1;
        var hsyncEnd = hsyncStart + Word(t, 10) + 1;
        var vactive = Word(t, 12) + 1;
        var vtotal = vactive + Word(t, 14) + 1;
        var vsyncStart = vactive + (Word(t, 16) & 0x7fff) + 1;
        var vsyncEnd = vsyncStart + Word(t, 18) + 1;
        if (Math.Max(Math.Max(htotal, hsyncEnd), Math.Max(vtotal, vsyncEnd)) > ushort.MaxValue) return null;

        var flags = (Word(t, 8) > 0x7fff ? ModeFlags.PHSync : ModeFlags.NHSync)
            | (Word(t, 16) > 0x7fff ? ModeFlags.PVSync : ModeFlags.NVSync);
        var mode = ModeTimings.Create(clock, hactive, hsyncStart, hsyncEnd, htotal, vactive, vsyncStart, vsyncEnd, vtotal, flags);
        return (t[3] & Preferred) != 0 ? mode with { Type = mode.Type | ModeTypes.Preferred } : mode;
    }

    private static int Word(ReadOnlySpan<byte> bytes, int index) => bytes[index] | (bytes[index + 1] << 8);
}
