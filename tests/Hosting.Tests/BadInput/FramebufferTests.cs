using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

public sealed class FramebufferTests : HostTest
{
    private const uint Yuyv = 'Y' | 'U' << 8 | 'Y' << 16 | 'V' << 24;

    [Theory]
    [InlineData(4097, 16)]
    [InlineData(16, 4097)]
    public async Task A_framebuffer_beyond_4096_pixels_should_be_EINVAL(uint width, uint height)
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(width, height);

        await RefusedAsync(Errno.EINVAL, () => card.AddFbAsync(buffer));
    }

    [Fact]
    public async Task A_pitch_too_small_by_a_byte_should_be_EINVAL()
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);

        await RefusedAsync(Errno.EINVAL, () => card.AddFbAsync(64, 64, 24, 32, 255, buffer.Handle));
        await card.AddFbAsync(64, 64, 24, 32, 256, buffer.Handle);
    }

    [Fact]
    public async Task A_buffer_too_small_by_a_row_should_be_EINVAL()
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);

        await RefusedAsync(Errno.EINVAL, () => card.AddFb2Async(64, 65, Fourcc.Xrgb8888, buffer.Handle, buffer.Pitch));
        await RefusedAsync(Errno.EINVAL, () => card.AddFb2Async(64, 64, Fourcc.Xrgb8888, buffer.Handle, buffer.Pitch, offset: 4));
    }

    [Theory]
    [InlineData(0x20202020)]
    [InlineData(0)]
    public async Task An_unknown_format_should_be_EINVAL(uint format)
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);

        await RefusedAsync(Errno.EINVAL, () => card.AddFb2Async(64, 64, format, buffer.Handle, buffer.Pitch));
    }

    [Fact]
    public async Task A_depth_without_a_format_should_be_EINVAL()
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);

        await RefusedAsync(Errno.EINVAL, () => card.AddFbAsync(64, 64, 13, 32, buffer.Pitch, buffer.Handle));
    }

    [Fact]
    public async Task A_format_that_the_plane_does_not_have_should_not_be_shown()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await using var buffer = await screen.Card.CreateDumbAsync(screen.Mode.HDisplay, screen.Mode.VDisplay, 16);
        var reply = await screen.Card.CallAsync(new ModeAddFb2(
            screen.Mode.HDisplay, screen.Mode.VDisplay, Yuyv, FramebufferFlags.None, [new(buffer.Handle, buffer.Pitch, 0), default, default, default]));

        if (reply.Ok)
            await RefusedAsync(Errno.EINVAL, () => screen.Card.SetCrtcAsync(screen.Crtc, reply.Value!.Id, screen.Connector.Id, screen.Mode));
        else
            Assert.Equal(Errno.EINVAL, reply.Errno);
    }

    [Fact]
    public async Task A_framebuffer_of_another_file_should_not_be_removable()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var other = await OpenAsync();

        await RefusedAsync(Errno.ENOENT, () => other.RmFbAsync(screen.Framebuffer));
        await RefusedAsync(Errno.ENOENT, () => other.RmFbAsync(new FramebufferId(4711)));
    }

    [Fact]
    public async Task Damage_of_an_unknown_framebuffer_should_be_ENOENT_and_of_too_many_parts_EINVAL()
    {
        var card = await OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);
        var framebuffer = await card.AddFbAsync(buffer);

        await RefusedAsync(Errno.ENOENT, () => card.DirtyFbAsync(new FramebufferId(4711), new ClipRect[257]));
        await RefusedAsync(Errno.EINVAL, () => card.DirtyFbAsync(framebuffer, new ClipRect[257]));
        await Soon(card.DirtyFbAsync(framebuffer, new ClipRect[256]));
    }

    [Fact]
    public async Task Damage_should_be_ENOSYS_where_the_driver_is_not_told_of_it()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" } });
        await using var card = await host.OpenAsync();
        await using var buffer = await card.CreateDumbAsync(64, 64);
        var framebuffer = await card.AddFbAsync(buffer);

        await RefusedAsync(Errno.ENOENT, () => card.DirtyFbAsync(new FramebufferId(4711), []));
        await RefusedAsync(Errno.ENOSYS, () => card.DirtyFbAsync(framebuffer, []));
    }
}
