using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>The modes that a CTA-861 extension names by code: short video descriptors and the 4K formats of HDMI 1.4.</summary>
internal static class CtaVideo
{
    // HDMI 1.4b, table 8-13: the codes 1 to 4 name what later became these VICs.
    private static readonly byte[] HdmiVics = [95, 94, 93, 98];

    internal static IEnumerable<ModeInfo> Modes(IEnumerable<CtaDataBlock> blocks)
    {
        var hdmi = default(CtaDataBlock);
        foreach (var block in blocks)
        {
            if (CtaDataBlocks.IsHdmi(block)) hdmi = block;
            if (block.Tag != CtaDataBlocks.Video && !IsYCbCr420Only(block)) continue;
            foreach (var mode in Described(block.Payload)) yield return mode;
        }

        foreach (var mode in HdmiModes(hdmi.Payload)) yield return mode;
    }

    /// <summary>The modes that the monitor shows with halved colour resolution and not otherwise.</summary>
    internal static IEnumerable<ModeInfo> YCbCr420Only(IEnumerable<CtaDataBlock> blocks) =>
        blocks.Where(IsYCbCr420Only).SelectMany(block => Described(block.Payload));

    private static bool IsYCbCr420Only(CtaDataBlock block) =>
        block is { Tag: CtaDataBlocks.Extended, ExtendedTag: CtaDataBlocks.YCbCr420Video };

    private static IEnumerable<ModeInfo> Described(ArraySegment<byte> descriptors) =>
        descriptors.Select(svd => CtaModes.Find(Vic(svd))).OfType<ModeInfo>();

    /// <summary>The first 64 codes have a bit beside them for "native"; the others take the whole byte.</summary>
    private static byte Vic(byte svd) => svd is >= 129 and <= 192 ? (byte)(svd & 0x7f) : svd;

    private static IEnumerable<ModeInfo> HdmiModes(ArraySegment<byte> payload)
    {
        const int flags = 7;
        const byte latency = 0x80, interlacedLatency = 0x40, videoPresent = 0x20;
        if (payload.Count <= flags || (payload[flags] & videoPresent) == 0) yield break;

        var lengths = flags + 2;
        if ((payload[flags] & latency) != 0) lengths += 2;
        if ((payload[flags] & interlacedLatency) != 0) lengths += 2;
        if (payload.Count <= lengths) yield break;
        foreach (var code in payload[(lengths + 1)..].Take(payload[lengths] >> 5))
            if (code is > 0 && code <= HdmiVics.Length) yield return CtaModes.Find(HdmiVics[code - 1])!;
    }
}
