using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

public sealed class BufferTests : HostTest
{
    [Theory]
    [InlineData(0, 16, 32)]
    [InlineData(16, 0, 32)]
    [InlineData(16, 16, 0)]
    [InlineData(uint.MaxValue, 1, 32)]
    [InlineData(0x4000_0000, 1, 32)]
    [InlineData(0x1_0000, 0x1_0000, 32)]
    [InlineData(1, uint.MaxValue, 8)]
    [InlineData(16, 16, uint.MaxValue)]
    public async Task A_size_of_nothing_or_beyond_32_bits_should_be_EINVAL(uint width, uint height, uint bpp)
    {
        var card = await OpenAsync();

        await RefusedAsync(Errno.EINVAL, () => card.CreateDumbAsync(width, height, bpp));
    }

    [Fact]
    public async Task More_than_the_arena_has_should_be_ENOMEM_and_the_next_small_request_succeed()
    {
        var card = await OpenAsync();

        await RefusedAsync(Errno.ENOMEM, () => card.CreateDumbAsync(8192, 8192));
        await using var small = await card.CreateDumbAsync(16, 16);

        Assert.Equal(new GemHandle(1), small.Handle);
    }

    [Fact]
    public async Task An_exhausted_arena_should_be_usable_again_after_a_buffer_was_closed()
    {
        var card = await OpenAsync();
        var buffers = new List<DrmBuffer>();
        var errno = Errno.None;
        while (errno == Errno.None)
        {
            try
            {
                buffers.Add(await card.CreateDumbAsync(1024, 1024));
            }
            catch (DrmException e)
            {
                errno = e.Errno;
            }
        }

        await buffers[0].DisposeAsync();
        await using var next = await card.CreateDumbAsync(1024, 1024);

        Assert.Equal(Errno.ENOMEM, errno);
        Assert.Equal(buffers[0].Handle, next.Handle);
    }

    [Fact]
    public async Task A_handle_of_another_file_should_be_unknown()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await using var buffer = await one.CreateDumbAsync(16, 16);

        await RefusedAsync(Errno.ENOENT, () => other.MapAsync(buffer.Handle, 4096));
        await RefusedAsync(Errno.ENOENT, () => other.AddFbAsync(16, 16, 24, 32, buffer.Pitch, buffer.Handle));
        await RefusedAsync(Errno.EINVAL, () => other.GemCloseAsync(buffer.Handle));
        using var mapping = await buffer.MapAsync();
    }

    [Fact]
    public async Task A_handle_should_be_closed_once()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(16, 16);

        await card.GemCloseAsync(buffer.Handle);

        await RefusedAsync(Errno.EINVAL, () => card.GemCloseAsync(buffer.Handle));
        await buffer.DisposeAsync();
    }

    [Fact]
    public async Task A_refusal_should_name_the_call_and_what_was_asked()
    {
        var card = await OpenAsync();

        var refused = await Assert.ThrowsAsync<DrmException>(() => card.CreateDumbAsync(0, 16));

        Assert.Equal("DRM_IOCTL_MODE_CREATE_DUMB", refused.Call);
        Assert.Equal(new ModeCreateDumb(0, 16, 32), refused.Asked);
        Assert.StartsWith("DRM_IOCTL_MODE_CREATE_DUMB: EINVAL (22) for ModeCreateDumb { Width = 0", refused.Message);
    }
}
