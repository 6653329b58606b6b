using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// The three-byte CVT codes of descriptor 0xF8 (EDID 1.4, 3.10.3.8): a height, a shape, and the refresh rates with that size.
/// </summary>
internal static class CvtCodes
{
    private const byte DescriptorTag = 0xf8;
    private const int FirstByte = 6;
    private const int Count = 4;

    internal static IEnumerable<ModeInfo> Modes(EdidImage edid) => edid.Revision < 3 ? [] :
        edid.DisplayDescriptors(DescriptorTag).SelectMany(d =>
            Enumerable.Range(0, Count).SelectMany(i => Modes(d[FirstByte + 3 * i], d[FirstByte + 3 * i + 1], d[FirstByte + 3 * i + 2])));

    private static IEnumerable<ModeInfo> Modes(byte low, byte shape, byte rates)
    {
        if ((low | shape | rates) == 0) yield break;
        var height = (low + ((shape & 0xf0) << 4) + 1) * 2;
        var width = (shape & 0x0c) switch
        {
            0x00 => height * 4 / 3,
            0x04 => height * 16 / 9,
            0x08 => height * 16 / 10,
            _ => height * 15 / 9,
        };
        width -= width % 8;
        if ((rates & 0x10) != 0) yield return Cvt.Mode(width, height, 50, reducedBlanking: false);
        if ((rates & 0x08) != 0) yield return Cvt.Mode(width, height, 60, reducedBlanking: false);
        if ((rates & 0x04) != 0) yield return Cvt.Mode(width, height, 75, reducedBlanking: false);
        if ((rates & 0x02) != 0) yield return Cvt.Mode(width, height, 85, reducedBlanking: false);
        if ((rates & 0x01) != 0) yield return Cvt.Mode(width, height, 60, reducedBlanking: true);
    }
}
