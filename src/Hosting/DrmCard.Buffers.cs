using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Buffers, mappings and framebuffers.
public sealed partial class DrmCard
{
    private const uint OpaqueDepth = 24;

    /// <summary>MODE_CREATE_DUMB. EINVAL for a size of 0 or one that overflows 32 bits, ENOMEM without the memory.</summary>
    /// <param name="bpp">Bits a pixel.</param>
    public async Task<DrmBuffer> CreateDumbAsync(uint width, uint height, uint bpp = 32, CancellationToken cancellationToken = default)
    {
        var call = new ModeCreateDumb(width, height, bpp);
        return new DrmBuffer(this, call, await Make(call, cancellationToken));
    }

    /// <summary>GEM_CLOSE. EINVAL for a handle that this file does not hold.</summary>
    public Task GemCloseAsync(GemHandle handle, CancellationToken cancellationToken = default) => Require(new GemClose(handle), cancellationToken);

    /// <summary>MODE_MAP_DUMB, and mmap(2) at the offset that it returns.</summary>
    /// <param name="length">In bytes, not more than the buffer has.</param>
    /// <exception cref="DrmException">ENOENT for an unknown handle, else as <see cref="MmapAsync"/>.</exception>
    public async Task<DrmMapping> MapAsync(GemHandle handle, ulong length, CancellationToken cancellationToken = default)
    {
        var at = await Require(new ModeMapDumb(handle), cancellationToken);
        return await MmapAsync(at.Offset, length, cancellationToken);
    }

    /// <summary>mmap(2) on the card.</summary>
    /// <param name="offset">A fake one, from MODE_MAP_DUMB.</param>
    /// <exception cref="DrmException">
    /// EINVAL: nothing starts there, it is shorter than asked for, or it is freed. EACCES: this file does not hold it. ENODEV: gone. ENOMEM: 2 GiB or more,
    /// which is what no span reaches.
    /// </exception>
    public async Task<DrmMapping> MmapAsync(ulong offset, ulong length, CancellationToken cancellationToken = default)
    {
        var call = new Mmap(offset, length);
        var region = await Make(call, cancellationToken);
        var errno = Errno.ENOMEM;
        try
        {
            if (length <= Arena.LargestSpan)
                return DrmMapping.Of(_arena, region, length, _file.Actor);
        }
        catch (ArgumentException)
        {
            // The object was taken away while its answer was under way.
            errno = Errno.ENODEV;
        }

        await _file.CallAsync(new Munmap(region.MappingId), CancellationToken.None);
        throw new DrmException(errno, call);
    }

    /// <summary>MODE_ADDFB of a whole buffer: XRGB8888 for 32 bits a pixel, RGB565 for 16.</summary>
    public Task<FramebufferId> AddFbAsync(DrmBuffer buffer, CancellationToken cancellationToken = default) =>
        AddFbAsync(buffer.Width, buffer.Height, Math.Min(buffer.Bpp, OpaqueDepth), buffer.Bpp, buffer.Pitch, buffer.Handle, cancellationToken);

    /// <summary>MODE_ADDFB: depth and bits a pixel choose the format.</summary>
    /// <exception cref="DrmException">EINVAL for sizes, pitches or formats that cannot be; ENOENT for an unknown handle.</exception>
    public async Task<FramebufferId> AddFbAsync(
        uint width,
        uint height,
        uint depth,
        uint bpp,
        uint pitch,
        GemHandle handle,
        CancellationToken cancellationToken = default) =>
        (await Make(new ModeAddFb(width, height, pitch, bpp, depth, handle), cancellationToken)).Id;

    /// <inheritdoc cref="AddFbAsync(uint, uint, uint, uint, uint, GemHandle, CancellationToken)"/>
    /// <summary>MODE_ADDFB2 of a format with one memory plane.</summary>
    /// <param name="pixelFormat">A fourcc of drm_fourcc.h.</param>
    public async Task<FramebufferId> AddFb2Async(
        uint width,
        uint height,
        uint pixelFormat,
        GemHandle handle,
        uint pitch,
        uint offset = 0,
        CancellationToken cancellationToken = default) =>
        (await AddFb2Async(
            new ModeAddFb2(width, height, pixelFormat, FramebufferFlags.None, [new(handle, pitch, offset), default, default, default]),
            cancellationToken)).Id;

    /// <summary>MODE_ADDFB2 as it is.</summary>
    public Task<FramebufferAdded> AddFb2Async(ModeAddFb2 framebuffer, CancellationToken cancellationToken = default) =>
        Make(framebuffer, cancellationToken);

    /// <summary>MODE_RMFB: what shows it goes dark. ENOENT for any but one's own.</summary>
    public Task RmFbAsync(FramebufferId framebuffer, CancellationToken cancellationToken = default) =>
        Require(new ModeRmFb(framebuffer), cancellationToken);

    /// <summary>MODE_CLOSEFB: what shows it stays on, and the framebuffer goes with the last of these. ENOENT for any but one's own.</summary>
    public Task CloseFbAsync(FramebufferId framebuffer, CancellationToken cancellationToken = default) =>
        Require(new ModeCloseFb(framebuffer), cancellationToken);

    /// <summary>MODE_DIRTYFB: what of a framebuffer has changed; no clips for all of it.</summary>
    public Task DirtyFbAsync(FramebufferId framebuffer, IEnumerable<ClipRect> clips, CancellationToken cancellationToken = default) =>
        Require(new ModeDirtyFb(framebuffer, DirtyFlags.None, Color: 0, [.. clips]), cancellationToken);
}
