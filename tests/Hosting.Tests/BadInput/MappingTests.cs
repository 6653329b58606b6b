using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

public sealed class MappingTests : HostTest
{
    private const ulong Page = 4096;

    [Fact]
    public async Task A_shifted_offset_should_be_EINVAL()
    {
        var (card, offset) = await BufferAsync();

        await RefusedAsync(Errno.EINVAL, () => card.MmapAsync(offset + Page, Page));
        await RefusedAsync(Errno.EINVAL, () => card.MmapAsync(offset + 1, Page));
        await RefusedAsync(Errno.EINVAL, () => card.MmapAsync(0, Page));
    }

    [Fact]
    public async Task More_than_the_buffer_has_should_be_EINVAL_and_less_should_be_fine()
    {
        var (card, offset) = await BufferAsync();

        await RefusedAsync(Errno.EINVAL, () => card.MmapAsync(offset, 3 * Page));
        using var mapping = await card.MmapAsync(offset, Page);

        Assert.Equal((int)Page, mapping.Length);
        Assert.Equal((int)Page, mapping.Span.Length);
    }

    [Fact]
    public async Task A_freed_buffers_offset_should_be_EINVAL()
    {
        var (card, offset) = await BufferAsync();

        await card.GemCloseAsync(new GemHandle(1));

        await RefusedAsync(Errno.EINVAL, () => card.MmapAsync(offset, Page));
    }

    [Fact]
    public async Task Another_files_offset_should_be_EACCES()
    {
        var (_, offset) = await BufferAsync();
        var other = await OpenAsync();

        await RefusedAsync(Errno.EACCES, () => other.MmapAsync(offset, Page));
    }

    [Fact]
    public async Task A_mapping_that_was_disposed_of_should_throw()
    {
        var (card, offset) = await BufferAsync();
        var mapping = await card.MmapAsync(offset, Page);
        var memory = mapping.Memory;

        mapping.Dispose();
        mapping.Dispose();

        Assert.Throws<ObjectDisposedException>(() => mapping.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    [Fact]
    public async Task A_mapping_should_keep_its_memory_after_buffer_and_card_are_closed()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);
        using var mapping = await buffer.MapAsync();
        mapping.Span.Fill(0xa5);

        await buffer.DisposeAsync();
        await card.DisposeAsync();
        // Somebody else gets none of it.
        var other = await OpenAsync();
        await using var next = await other.CreateDumbAsync(64, 64);
        using (var fresh = await next.MapAsync())
            Assert.Equal(-1, fresh.Span.IndexOfAnyExcept((byte)0));

        Assert.Equal(-1, mapping.Span.IndexOfAnyExcept((byte)0xa5));
    }

    [Fact]
    public async Task A_mapping_that_is_lost_should_give_its_reference_back()
    {
        var card = await OpenAsync();
        var before = Host.Usage;
        await LoseAsync(card);

        // The finalizer tells the card, and the card closes what the handle no longer holds.
        for (var i = 0; i < 100 && Host.Usage != before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            // Behind what the finalizer told the file.
            await card.CallAsync(new GemClose(default));
        }

        Assert.Equal(before, Host.Usage);
    }

    // Apart, so that no frame of the test keeps it.
    private static async Task LoseAsync(DrmCard card)
    {
        var buffer = await card.CreateDumbAsync(64, 64);
        await buffer.MapAsync();
        await buffer.DisposeAsync();
    }

    private async Task<(DrmCard Card, ulong Offset)> BufferAsync()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(32, 64);
        Assert.Equal(2 * Page, buffer.Size);
        var reply = await card.CallAsync(new ModeMapDumb(buffer.Handle));
        return (card, reply.Value!.Offset);
    }
}
