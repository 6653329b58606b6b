namespace DrmActors.Hardware.Display;

/// <summary>One CTA-861 data block; <paramref name="ExtendedTag"/> is 0 but for tag 7, whose code is then no part of the payload.</summary>
internal readonly record struct CtaDataBlock(byte Tag, byte ExtendedTag, ArraySegment<byte> Payload);

/// <summary>The data block collections of an EDID's CTA-861 extensions (from revision 3 on) and of CTA blocks within DisplayID.</summary>
internal static class CtaDataBlocks
{
    internal const byte Video = 2;
    internal const byte Vendor = 3;
    internal const byte Extended = 7;
    internal const byte YCbCr420Video = 0x0e;
    internal const byte HdmiForumBlockCount = 0x78;
    private const int FirstByte = 4;
    private const int FirstRevision = 3;
    private static readonly byte[] HdmiOui = [0x03, 0x0c, 0x00];

    internal static bool Any(EdidImage edid) =>
        edid.Extensions(EdidImage.CtaTag).Any() || DisplayId.Blocks(edid).Any(block => block.Tag == DisplayId.CtaCollection);

    internal static IEnumerable<CtaDataBlock> Of(EdidImage edid) => edid.Extensions(EdidImage.CtaTag).SelectMany(Of)
        .Concat(DisplayId.Blocks(edid).Where(block => block.Tag == DisplayId.CtaCollection).SelectMany(block => Split(block.Payload)));

    internal static bool IsHdmi(CtaDataBlock block) =>
        block.Tag == Vendor && block.Payload.Count >= 5 && block.Payload.AsSpan(0, 3).SequenceEqual(HdmiOui);

    private static IEnumerable<CtaDataBlock> Of(ArraySegment<byte> extension)
    {
        int end = extension[2] == 0 ? EdidImage.BlockSize - 1 : extension[2];
        return extension[1] < FirstRevision || end is < FirstByte or >= EdidImage.BlockSize ? [] : Split(extension[FirstByte..end]);
    }

    private static IEnumerable<CtaDataBlock> Split(ArraySegment<byte> collection)
    {
        while (collection.Count > 0)
        {
            var tag = (byte)(collection[0] >> 5);
            var length = collection[0] & 0x1f;
            if (length >= collection.Count) yield break;
            var payload = collection.Slice(1, length);
            collection = collection[(1 + length)..];
            if (tag != Extended) yield return new(tag, 0, payload);
            else if (length > 0) yield return new(tag, payload[0], payload[1..]);
        }
    }
}
