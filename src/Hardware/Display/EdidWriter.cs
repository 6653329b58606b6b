using System.Text;

namespace DrmActors.Hardware.Display;

/// <summary>The bytes of an EDID 1.3 base block and its CTA-861 extension.</summary>
internal static class EdidWriter
{
    private const int Size = EdidImage.BlockSize;
    private const int DescriptorSize = EdidImage.DescriptorSize;
    private const int Descriptors = 54;
    private const int BaseDetailed = 2;
    private const int MostVics = 31;

    // Manufacturer "DRM", product 1, no serial number, week 1 of 2024, EDID 1.3.
    private static readonly byte[] Identity = [0x12, 0x4d, 0x01, 0x00, 0, 0, 0, 0, 1, 34, 1, 3];

    // Digital; gamma 2.2; RGB colour, sRGB, the first detailed timing is preferred; then the primaries and white point of sRGB.
    private const byte Digital = 0x80;
    private const byte Gamma = 120;
    private const byte Features = 0x0e;
    private static readonly byte[] Primaries = [0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54];

    // Vendor block of HDMI (00-0C-03) at physical address 1.0.0.0, and video capabilities: RGB quantisation is selectable, IT
    // formats are underscanned.
    private static readonly byte[] HdmiVendor = [0x03, 0x0c, 0x00, 0x10, 0x00, 0x00];
    private static readonly byte[] VideoCapability = [(CtaDataBlocks.Extended << 5) | 2, 0x00, 0x4a];

    internal static byte[] Write(string name, int widthMm, int heightMm, byte[] range, EdidForms forms)
    {
        var bytes = new byte[2 * Size];
        WriteBase(bytes.AsSpan(0, Size), name, widthMm, heightMm, range, forms);
        WriteCta(bytes.AsSpan(Size), forms.Vics, forms.Detailed.Skip(BaseDetailed).ToArray(), range);
        return bytes;
    }

    private static void WriteBase(Span<byte> block, string name, int widthMm, int heightMm, byte[] range, EdidForms forms)
    {
        EdidBlocks.Header.CopyTo(block);
        Identity.CopyTo(block[8..]);
        byte[] display = [Digital, (byte)((widthMm + 5) / 10), (byte)((heightMm + 5) / 10), Gamma, Features];
        display.CopyTo(block[20..]);
        Primaries.CopyTo(block[25..]);

        block[EstablishedTimings.Byte] = (byte)forms.EstablishedBits;
        block[EstablishedTimings.Byte + 1] = (byte)(forms.EstablishedBits >> 8);
        block.Slice(StandardTiming.Byte, 2 * StandardTiming.Count).Fill(1);
        for (var i = 0; i < forms.Standard.Count; i++)
            (block[StandardTiming.Byte + 2 * i], block[StandardTiming.Byte + 2 * i + 1]) = forms.Standard[i];

        // Detailed timings stand before all other descriptors.
        byte[][] descriptors = forms.Detailed.Count < BaseDetailed
            ? [forms.Detailed[0], range, NameDescriptor(name), Dummy()]
            : [forms.Detailed[0], forms.Detailed[1], range, NameDescriptor(name)];
        for (var i = 0; i < descriptors.Length; i++) descriptors[i].CopyTo(block[(Descriptors + i * DescriptorSize)..]);
        block[^2] = 1;
        block[^1] = EdidBlocks.Checksum(block);
    }

    private static void WriteCta(Span<byte> block, List<byte> vics, byte[][] detailed, byte[] range)
    {
        const byte revision = 3, underscan = 0x80;
        if (vics.Count > MostVics)
            throw new ArgumentException($"{vics.Count} CTA modes; a video data block holds {MostVics}.", nameof(vics));
        // The vendor block's last byte is the highest TMDS clock in units of 5 MHz; range limits have it in units of 10 MHz.
        byte[] blocks =
        [
            .. vics.Count == 0 ? Array.Empty<byte>() : [(byte)((CtaDataBlocks.Video << 5) | vics.Count), .. vics],
            (CtaDataBlocks.Vendor << 5) | 7, .. HdmiVendor, (byte)Math.Min(range[9] * 2u, EdidBuilder.HighestClock / 5_000),
            .. VideoCapability,
        ];
        var start = 4 + blocks.Length;
        if (start + detailed.Length * DescriptorSize > Size - 1)
            throw new ArgumentException($"{detailed.Length} more detailed timings than the base block holds do not fit.", nameof(detailed));

        byte[] header = [EdidImage.CtaTag, revision, (byte)start, underscan | 1];
        header.CopyTo(block);
        blocks.CopyTo(block[4..]);
        for (var i = 0; i < detailed.Length; i++) detailed[i].CopyTo(block[(start + i * DescriptorSize)..]);
        block[^1] = EdidBlocks.Checksum(block);
    }

    private static byte[] NameDescriptor(string name)
    {
        byte[] descriptor = [0, 0, 0, Edid.NameTag, 0, .. "             "u8];
        Encoding.ASCII.GetBytes(name.Length < 13 ? name + '\n' : name).CopyTo(descriptor, 5);
        return descriptor;
    }

    private static byte[] Dummy()
    {
        var descriptor = new byte[DescriptorSize];
        descriptor[3] = 0x10;
        return descriptor;
    }
}
