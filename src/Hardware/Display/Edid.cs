using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// What a monitor says of itself: VESA E-EDID 1.0 to 1.4 with CTA-861 and DisplayID extensions, read as the kernel's drivers read
/// it.
/// </summary>
public sealed record Edid
{
    internal const byte NameTag = 0xfc;
    private const byte SerialTag = 0xff;
    private const int TextByte = 5;

    /// <summary>The 1 in EDID 1.4 is implied: there is no other version.</summary>
    public required int Revision { get; init; }

    /// <summary>The three letters of the plug-and-play id, as "DEL".</summary>
    public required string Manufacturer { get; init; }

    public required int ProductCode { get; init; }

    /// <summary>The number in the base block; often 0 or a filler where <see cref="SerialText"/> holds the real one.</summary>
    public required uint SerialNumber { get; init; }

    /// <summary>Year of manufacture, or the model year.</summary>
    public required int Year { get; init; }

    /// <summary>The product name's descriptor, empty where there is none.</summary>
    public required string MonitorName { get; init; }

    /// <summary>The serial number's descriptor, empty where there is none.</summary>
    public required string SerialText { get; init; }

    public required bool IsDigital { get; init; }

    /// <summary>An HDMI sink, to be sent info frames; else plain DVI.</summary>
    public required bool IsHdmi { get; init; }

    /// <summary>Picture size in mm, known to the centimetre; 0 where it is not known (a projector).</summary>
    public required int WidthMm { get; init; }

    public required int HeightMm { get; init; }

    /// <summary>The first range limits descriptor, null where there is none.</summary>
    public required RangeLimits? Limits { get; init; }

    /// <summary>
    /// The modes in a connector's order (<see cref="ModeList.Of"/>). A driver still takes out what it cannot show: interlaced
    /// modes, clocks too high, <see cref="YCbCr420OnlyModes"/>. Stereo layouts are not listed: no driver here shows them.
    /// </summary>
    public required ImmutableArray<ModeInfo> Modes { get; init; }

    /// <summary>Those of <see cref="Modes"/> that the monitor takes in YCbCr 4:2:0 only.</summary>
    public required ImmutableArray<ModeInfo> YCbCr420OnlyModes { get; init; }

    /// <summary>The blocks that were used, as the connector's EDID property holds them: count and checksum of block 0 fit them.</summary>
    public required ImmutableArray<byte> Bytes { get; init; }

    /// <summary>Reads an EDID; no bytes make it throw.</summary>
    public static EdidResult Parse(ReadOnlySpan<byte> bytes)
    {
        var problems = new List<string>();
        var image = EdidBlocks.Read(bytes, problems);
        var problem = problems.Count == 0 ? null : $"EDID {string.Join("; ", problems)}.";
        return new(image is null ? null : Read(image), problem);
    }

    private static Edid Read(EdidImage image)
    {
        var bytes = image.Bytes;
        var modes = ModeList.Of(EdidModes.Probe(image).Select(found => found.Mode));
        var only420 = CtaVideo.YCbCr420Only(CtaDataBlocks.Of(image)).ToArray();
        return new()
        {
            Revision = image.Revision,
            Manufacturer = Letters((bytes[8] << 8) | bytes[9]),
            ProductCode = bytes[10] | (bytes[11] << 8),
            SerialNumber = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)),
            Year = 1990 + bytes[17],
            MonitorName = Text(image, NameTag),
            SerialText = Text(image, SerialTag),
            IsDigital = image.IsDigital,
            IsHdmi = CtaDataBlocks.Of(image).Any(CtaDataBlocks.IsHdmi),
            WidthMm = bytes[21] * 10,
            HeightMm = bytes[22] * 10,
            Limits = image.RangeLimits().FirstOrDefault(),
            Modes = modes,
            YCbCr420OnlyModes = [.. modes.Where(mode => CtaClocks.Match(mode) is { } cta && Array.IndexOf(only420, cta) >= 0)],
            Bytes = ImmutableArray.Create(bytes),
        };
    }

    private static string Letters(int packed) => new([Letter(packed >> 10), Letter(packed >> 5), Letter(packed)]);

    private static char Letter(int bits) => (char)('@' + (bits & 0x1f));

    private static string Text(EdidImage image, byte tag)
    {
        foreach (var descriptor in image.DisplayDescriptors(tag))
        {
            ReadOnlySpan<byte> text = descriptor[TextByte..];
            var end = text.IndexOf((byte)'\n');
            return Encoding.Latin1.GetString(end < 0 ? text : text[..end]).TrimEnd();
        }

        return "";
    }
}
