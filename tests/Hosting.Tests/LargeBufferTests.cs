using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Buffers of which a host sees no more than the beginning.</summary>
public sealed class LargeBufferTests : HostTest
{
    private const uint Side = 1 << 15;
    private const ulong Page = 4096;

    protected override void Configure(DrmHostOptions options) => options.ArenaSize = 3L << 30;

    [Fact]
    public async Task A_host_should_map_what_a_span_reaches()
    {
        var card = await OpenAsync();
        var large = await card.CreateDumbAsync(Side, Side, bpp: 16);
        Assert.Equal(1ul << 31, large.Size);

        using (var pixels = await card.MapAsync(large.Handle, large.Size - Page))
            pixels.Span[^1] = 7;
        await RefusedAsync(Errno.ENOMEM, () => card.MapAsync(large.Handle, large.Size));
        var descriptor = await card.PrimeHandleToFdAsync(large.Handle);
        using (var pixels = Host.Mmap(descriptor, large.Size - (2 * Page), Page))
            Assert.Equal(7, pixels.Span[^1]);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<DrmException>(() => Host.Mmap(descriptor, large.Size - Page, Page)).Errno);
        Host.Close(descriptor);
        await card.GemCloseAsync(large.Handle);
    }

    [Fact]
    public async Task A_framebuffer_should_lie_where_it_can_be_read()
    {
        var card = await OpenAsync();
        var large = await card.CreateDumbAsync(Side, Side, bpp: 16);

        const uint Last = (1u << 31) - (2 * (uint)Page);
        await card.RmFbAsync(await card.AddFb2Async(1024, 1, Fourcc.Xrgb8888, large.Handle, (uint)Page, Last));
        await RefusedAsync(Errno.EINVAL, () => card.AddFb2Async(1024, 1, Fourcc.Xrgb8888, large.Handle, (uint)Page, Last + (uint)Page));
        await card.GemCloseAsync(large.Handle);
    }
}
