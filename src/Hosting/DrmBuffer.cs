using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>A dumb buffer: memory for pictures that are drawn by software. Disposing of it closes its handle; framebuffers and mappings keep the memory.</summary>
public sealed class DrmBuffer : IAsyncDisposable
{
    private readonly DrmCard _card;
    private bool _destroyed;

    internal DrmBuffer(DrmCard card, ModeCreateDumb asked, DumbBuffer made)
    {
        _card = card;
        (Width, Height, Bpp) = (asked.Width, asked.Height, asked.Bpp);
        (Handle, Pitch, Size) = (made.Handle, made.Pitch, made.Size);
    }

    public GemHandle Handle { get; }

    /// <summary>In pixels.</summary>
    public uint Width { get; }

    /// <summary>In rows.</summary>
    public uint Height { get; }

    /// <summary>Bits a pixel.</summary>
    public uint Bpp { get; }

    /// <summary>Bytes from a row to the next.</summary>
    public uint Pitch { get; }

    /// <summary>Bytes, a multiple of the page.</summary>
    public ulong Size { get; }

    /// <summary>MODE_MAP_DUMB and mmap(2) of the whole buffer.</summary>
    /// <exception cref="DrmException">ENOENT: the buffer was destroyed. ENODEV: the card is gone.</exception>
    public Task<DrmMapping> MapAsync(CancellationToken cancellationToken = default) => _card.MapAsync(Handle, Size, cancellationToken);

    /// <summary>MODE_DESTROY_DUMB, once. A card that is closed or gone has taken the handle back already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _destroyed, true))
            await _card.CallAsync(new ModeDestroyDumb(Handle), CancellationToken.None);
    }
}
