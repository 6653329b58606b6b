using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class GemCodecTests
{
    [Fact]
    public void Close_should_carry_its_padding() =>
        Assert.Equal(new GemClose(new(3), 7), Ioctl.Decode<GemClose, drm_gem_close>(new drm_gem_close { handle = 3, pad = 7 }));

    [Fact]
    public void CreateDumb_should_be_answered_beside_its_request()
    {
        var argument = new drm_mode_create_dumb { width = 64, height = 32, bpp = 16, flags = 5, handle = 9 };

        Assert.Equal(new ModeCreateDumb(64, 32, 16, 5), Ioctl.Decode<ModeCreateDumb, drm_mode_create_dumb>(argument));
        Reply<DumbBuffer> reply = Reply<DumbBuffer>.Success(new DumbBuffer(new(1), 128, 1ul << 33));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeCreateDumb, drm_mode_create_dumb>(reply, ref argument));
        Assert.Equal(
            new drm_mode_create_dumb { width = 64, height = 32, bpp = 16, flags = 5, handle = 1, pitch = 128, size = 1ul << 33 }, argument);
    }

    [Fact]
    public void Flink_should_be_answered_with_a_name()
    {
        var argument = new drm_gem_flink { handle = 4, name = 9 };

        Assert.Equal(new GemFlink(new(4)), Ioctl.Decode<GemFlink, drm_gem_flink>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<GemFlink, drm_gem_flink>(Reply<GemNamed>.Success(new GemNamed(new(1))), ref argument));
        Assert.Equal(new drm_gem_flink { handle = 4, name = 1 }, argument);
    }

    [Fact]
    public void Open_should_be_answered_with_handle_and_size()
    {
        var argument = new drm_gem_open { name = 4 };

        Assert.Equal(new GemOpen(new(4)), Ioctl.Decode<GemOpen, drm_gem_open>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<GemOpen, drm_gem_open>(Reply<GemOpened>.Success(new GemOpened(new(2), 1ul << 33)), ref argument));
        Assert.Equal(new drm_gem_open { name = 4, handle = 2, size = 1ul << 33 }, argument);
    }

    [Fact]
    public void MapDumb_should_be_answered_with_an_offset()
    {
        var argument = new drm_mode_map_dumb { handle = 4, pad = 5 };

        Assert.Equal(new ModeMapDumb(new(4)), Ioctl.Decode<ModeMapDumb, drm_mode_map_dumb>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeMapDumb, drm_mode_map_dumb>(Reply<MapOffset>.Success(new MapOffset(1ul << 40)), ref argument));
        Assert.Equal(new drm_mode_map_dumb { handle = 4, pad = 5, offset = 1ul << 40 }, argument);
    }

    [Fact]
    public void DestroyDumb_should_name_its_handle() =>
        Assert.Equal(new ModeDestroyDumb(new(4)), Ioctl.Decode<ModeDestroyDumb, drm_mode_destroy_dumb>(new drm_mode_destroy_dumb { handle = 4 }));

    [Fact]
    public void Export_should_say_where_its_descriptor_goes()
    {
        var argument = new drm_prime_handle { handle = 4, flags = 0x80002, fd = 9 };

        var call = Ioctl.Decode<PrimeHandleToFd, drm_prime_handle>(argument);
        Assert.Equal(new PrimeHandleToFd(new(4), PrimeFlags.ReadWrite | PrimeFlags.CloseOnExec), call);
        Assert.Equal(Errno.None, Ioctl.Encode<PrimeHandleToFd, drm_prime_handle>(Reply<PrimeExported>.Success(new(new(5))), ref argument));
        // The descriptor's number is not the codec's to say.
        Assert.Equal((9, 8), (argument.fd, UapiCodec.DescriptorOffset(call)));
    }

    [Fact]
    public void Import_should_be_answered_with_a_handle()
    {
        var argument = new drm_prime_handle { handle = 4, flags = 7, fd = -1 };

        Assert.Equal(new PrimeFdToHandle(Descriptor.None), Ioctl.Decode<PrimeFdToHandle, drm_prime_handle>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<PrimeFdToHandle, drm_prime_handle>(Reply<PrimeImported>.Success(new(new(2))), ref argument));
        Assert.Equal(new drm_prime_handle { handle = 2, flags = 7, fd = -1 }, argument);
    }
}
