using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>What the display range limits descriptor (0xFD) says a monitor can follow.</summary>
public sealed class RangeLimits
{
    internal const byte DescriptorTag = 0xfd;
    private const byte DefaultGtf = 0x00;
    private const byte SecondaryGtf = 0x02;
    private const byte CvtSupport = 0x04;
    private const int NoClockLimit = 0xff;
    private const int ClockFuzz = 5001;

    private readonly byte[] descriptor;
    private readonly bool isRevision4;

    internal RangeLimits(ArraySegment<byte> descriptor, int revision)
    {
        this.descriptor = [.. descriptor];
        isRevision4 = revision >= 4;
    }

    /// <summary>Vertical rates in Hz.</summary>
    public int MinimumVertical => Limit(5, 0x01);

    public int MaximumVertical => Limit(6, 0x02);

    /// <summary>Horizontal rates in kHz.</summary>
    public int MinimumHorizontal => Limit(7, 0x04);

    public int MaximumHorizontal => Limit(8, 0x08);

    /// <summary>
    /// The highest pixel clock in kHz; null where none is said. Without CVT its unit is 10 MHz, so half of that is allowed on top.
    /// </summary>
    public int? MaximumClock => descriptor[9] switch
    {
        0 or NoClockLimit => null,
        var tens when IsCvt => tens * 10_000 - (descriptor[12] >> 2) * 250,
        var tens => tens * 10_000 + ClockFuzz,
    };

    internal bool IsGtf => descriptor[10] is DefaultGtf or SecondaryGtf;

    internal bool IsCvt => isRevision4 && descriptor[10] == CvtSupport;

    internal bool ReducedBlanking => IsCvt && (descriptor[15] & 0x10) != 0;

    /// <summary>The line rate in kHz from which the second GTF curve holds, and that curve; null where there is none.</summary>
    internal (int StartKilohertz, GtfCurve Curve)? SecondCurve => descriptor[10] == SecondaryGtf && descriptor[12] != 0
        ? (descriptor[12] * 2, new GtfCurve(descriptor[14] | (descriptor[15] << 8), descriptor[13], descriptor[16], descriptor[17]))
        : null;

    internal bool Allows(ModeInfo mode)
    {
        var lines = ModeTimings.HSyncKilohertz(mode);
        return lines >= MinimumHorizontal && lines <= MaximumHorizontal
            && mode.VRefresh >= MinimumVertical && mode.VRefresh <= MaximumVertical
            && (MaximumClock is not { } clock || mode.Clock <= clock)
            && (MaximumWidth is not { } width || mode.HDisplay <= width);
    }

    private int? MaximumWidth => IsCvt && descriptor[13] != 0 ? 8 * (descriptor[13] + 256 * (descriptor[12] & 0x03)) : null;

    // From revision 4 on a flag in byte 4 lifts a limit by 255.
    private int Limit(int index, byte lift) => descriptor[index] + (isRevision4 && (descriptor[4] & lift) != 0 ? 255 : 0);
}
