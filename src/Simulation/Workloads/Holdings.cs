using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>A handle of a client's present file, and the layout that its buffer was made with.</summary>
internal sealed class HeldBuffer(GemHandle handle, uint width, uint height, uint bpp, uint pitch, ulong size)
{
    public GemHandle Handle { get; } = handle;

    public uint Width { get; } = width;

    public uint Height { get; } = height;

    public uint Bpp { get; } = bpp;

    /// <summary>Bytes from a row to the next.</summary>
    public uint Pitch { get; } = pitch;

    /// <summary>Bytes.</summary>
    public ulong Size { get; } = size;

    /// <summary>Others may write into it, or it was not made by this client: what it holds is nobody's promise.</summary>
    public bool IsShared { get; set; }

    /// <summary>What this client wrote last; 0 for nothing yet, as fresh memory is.</summary>
    public ulong Written { get; set; }
}

/// <summary>A mapping, which outlives its handle and its file.</summary>
/// <param name="Offset">The fake one.</param>
internal sealed record HeldMapping(ulong File, HeldBuffer Buffer, ulong Offset, MmapRegion Region, DrmMapping Mapping);

internal sealed record HeldFramebuffer(FramebufferId Id, uint Width, uint Height)
{
    public bool IsOfSizeOf(HeldFramebuffer other) => Width == other.Width && Height == other.Height;
}

/// <summary>An id or a token: of a blob, a name, a magic.</summary>
internal sealed record HeldNumber(uint Value);
