using System.Collections.Immutable;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>One memory plane of a framebuffer.</summary>
/// <param name="Bytes">The buffer object's memory, from its first byte.</param>
/// <param name="Pitch">Bytes from a row to the next.</param>
/// <param name="Offset">Bytes before the first pixel.</param>
public readonly record struct PixelMemory(ReadOnlyMemory<byte> Bytes, int Pitch, int Offset = 0);

/// <summary>A rectangle of whole pixels of a CRTC: left and top belong to it, right and bottom do not.</summary>
public readonly record struct PixelArea(int Left, int Top, int Right, int Bottom)
{
    public bool IsEmpty => Left >= Right || Top >= Bottom;

    public PixelArea Within(PixelArea other) =>
        new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
}

/// <summary>What a plane shows: a framebuffer, the part of it that is read, and where and how it stands on the CRTC.</summary>
public sealed record PlaneInput
{
    /// <summary>A fourcc.</summary>
    public required uint Format { get; init; }

    /// <summary>Of the framebuffer, in pixels.</summary>
    public required int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public required int Height { get; init; }

    /// <summary>As many as the format has planes.</summary>
    public required ImmutableArray<PixelMemory> Memory { get; init; }

    /// <summary>The source rectangle's left edge in 16.16 pixels of the framebuffer, as it lies in memory: before rotation.</summary>
    public uint SrcX { get; init; }

    /// <inheritdoc cref="SrcX"/>
    public uint SrcY { get; init; }

    /// <summary>Its width in 16.16 pixels.</summary>
    public required uint SrcW { get; init; }

    /// <inheritdoc cref="SrcW"/>
    public required uint SrcH { get; init; }

    /// <summary>The left edge in pixels of the CRTC; may lie outside.</summary>
    public int CrtcX { get; init; }

    /// <inheritdoc cref="CrtcX"/>
    public int CrtcY { get; init; }

    public required int CrtcW { get; init; }

    public required int CrtcH { get; init; }

    public Rotation Rotation { get; init; } = Rotation.Rotate0;

    public BlendMode BlendMode { get; init; }

    /// <summary>Of the whole plane, over that of its pixels: 0 lets everything through, 0xffff nothing.</summary>
    public ushort Alpha { get; init; } = ushort.MaxValue;

    /// <summary>Of formats that are not RGB.</summary>
    public ColorEncoding Encoding { get; init; }

    /// <inheritdoc cref="Encoding"/>
    public ColorRange Range { get; init; }

    public ScalingFilter Filter { get; init; }
}
