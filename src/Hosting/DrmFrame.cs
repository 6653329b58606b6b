using DrmActors.Hardware.Images;
using DrmActors.Hardware.Memory;

namespace DrmActors.Hosting;

/// <summary>What a monitor shows: XRGB8888, rows from the top without padding. Its memory is the arena's, given back when it is disposed of.</summary>
public sealed class DrmFrame : IDisposable
{
    internal const int BytesPerPixel = 4;

    private readonly GemMapping _pixels;

    internal DrmFrame(GemMapping pixels, uint width, uint height, uint crc, ulong sequence)
    {
        _pixels = pixels;
        (Width, Height, Crc, Sequence) = ((int)width, (int)height, crc, sequence);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from a row to the next.</summary>
    public int Pitch => Width * BytesPerPixel;

    /// <summary>Of the visible pixels.</summary>
    public uint Crc { get; }

    /// <summary>The vblank count of the frame.</summary>
    public ulong Sequence { get; }

    /// <exception cref="ObjectDisposedException">The frame was disposed of.</exception>
    public ReadOnlySpan<byte> Span => _pixels.Span[..(Pitch * Height)];

    public ReadOnlyMemory<byte> Memory => _pixels.Memory[..(Pitch * Height)];

    /// <summary>As 0x00RRGGBB.</summary>
    public uint PixelAt(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(Span[((y * Pitch) + (x * BytesPerPixel))..]) & 0xff_ffff;
    }

    public void SavePng(string path) => PngFile.Write(path, Width, Height, Span, Pitch);

    public void Dispose() => _pixels.Dispose();
}
