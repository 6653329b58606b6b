namespace DrmActors.Hardware.Scanout;

/// <summary>What a CRTC reads for one plane: a framebuffer's memory and the source rectangle in it, in whole pixels.</summary>
public readonly ref struct ScanoutPlane
{
    /// <summary>The buffer object's memory, from its first byte.</summary>
    public ReadOnlySpan<byte> Pixels { get; init; }

    /// <summary>A fourcc.</summary>
    public uint Format { get; init; }

    /// <summary>Bytes from a row to the next.</summary>
    public int Pitch { get; init; }

    /// <summary>Bytes before the framebuffer's first pixel.</summary>
    public int Offset { get; init; }

    public int X { get; init; }

    public int Y { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }
}
