namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>What a CRTC does to its planes.</summary>
/// <param name="Width">Of its mode, in pixels.</param>
/// <param name="Height">Of its mode, in lines.</param>
public sealed record CrtcInput(int Width, int Height)
{
    /// <summary>What shows where no plane is: ARGB16161616, its alpha ignored.</summary>
    public ulong Background { get; init; }

    /// <summary>Null where the planes' colours go out as they are.</summary>
    public ColorPipeline? Color { get; init; }
}

/// <summary>Where a picture of the CRTC's size goes: the wire, or the framebuffer of a writeback connector.</summary>
public readonly ref struct PictureTarget
{
    /// <summary>From the first pixel. Bytes between the rows are left alone.</summary>
    public required Span<byte> Pixels { get; init; }

    /// <summary>Bytes from a row to the next.</summary>
    public required int Pitch { get; init; }

    /// <summary>The fourcc of an RGB format. Alpha and unused bits are all ones.</summary>
    public uint Format { get; init; } = Fourcc.Xrgb8888;

    public PictureTarget()
    {
    }
}
