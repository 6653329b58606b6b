namespace DrmActors.Hardware.Display;

/// <summary>The forms in which an EDID to be written names its modes; the first detailed timing is the preferred mode.</summary>
internal sealed class EdidForms
{
    internal List<byte[]> Detailed { get; } = [];

    internal List<(byte First, byte Second)> Standard { get; } = [];

    internal List<byte> Vics { get; } = [];

    internal int EstablishedBits { get; set; }
}
