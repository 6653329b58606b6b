using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class FramebufferCodecTests
{
    private static readonly Reply<FramebufferAdded> Added = Reply<FramebufferAdded>.Success(new FramebufferAdded(new(71)));
    private readonly ClientMemory _memory = new();

    [Fact]
    public void AddFb_should_be_answered_with_an_id()
    {
        var argument = new drm_mode_fb_cmd { fb_id = 9, width = 1, height = 2, pitch = 3, bpp = 4, depth = 5, handle = 6 };

        Assert.Equal(new ModeAddFb(1, 2, 3, 4, 5, new(6)), Ioctl.Decode<ModeAddFb, drm_mode_fb_cmd>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeAddFb, drm_mode_fb_cmd>(Added, ref argument));
        Assert.Equal(new drm_mode_fb_cmd { fb_id = 71, width = 1, height = 2, pitch = 3, bpp = 4, depth = 5, handle = 6 }, argument);
    }

    [Fact]
    public void AddFb2_should_carry_all_four_planes()
    {
        var argument = new drm_mode_fb_cmd2 { width = 1, height = 2, pixel_format = 3, flags = 0x8000_0002 };
        for (int i = 0; i < 4; i++)
        {
            (argument.handles[i], argument.pitches[i], argument.offsets[i], argument.modifier[i]) =
                ((uint)i + 1, (uint)i + 10, (uint)i + 100, ((ulong)i + 1) << 60);
        }

        ModeAddFb2 call = Ioctl.Decode<ModeAddFb2, drm_mode_fb_cmd2>(argument);

        Assert.Equal((1u, 2u, 3u, (FramebufferFlags)0x8000_0002), (call.Width, call.Height, call.PixelFormat, call.Flags));
        Assert.Equal(
            [new(new(1), 10, 100, 1ul << 60), new(new(2), 11, 101, 2ul << 60), new(new(3), 12, 102, 3ul << 60), new(new(4), 13, 103, 4ul << 60)],
            call.Planes.ToArray());
        Assert.Equal(Errno.None, Ioctl.Encode<ModeAddFb2, drm_mode_fb_cmd2>(Added, ref argument));
        Assert.Equal((71u, 1u, 13u), (argument.fb_id, argument.width, argument.pitches[3]));
    }

    [Fact]
    public void RmFb_should_be_a_bare_number() => Assert.Equal(new ModeRmFb(new(71)), Ioctl.Decode<ModeRmFb, uint>(71));

    [Fact]
    public void CloseFb_should_carry_its_padding() =>
        Assert.Equal(new ModeCloseFb(new(71), 9), Ioctl.Decode<ModeCloseFb, drm_mode_closefb>(new() { fb_id = 71, pad = 9 }));

    [Fact]
    public void DirtyFb_should_read_its_clips()
    {
        _memory.Put<ushort>(ClientMemory.Start, 1, 2, 3, 4, 5, 6, 7, 8);
        var argument = new drm_mode_fb_dirty_cmd { fb_id = 71, flags = 0x82, color = 3, num_clips = 2, clips_ptr = ClientMemory.Start };

        ModeDirtyFb call = Ioctl.Decode<ModeDirtyFb, drm_mode_fb_dirty_cmd>(argument, _memory);

        Assert.Equal((new(71), (DirtyFlags)0x82, 3u), (call.Framebuffer, call.Flags, call.Color));
        Assert.Equal([new(1, 2, 3, 4), new(5, 6, 7, 8)], call.Clips.ToArray());
    }

    [Fact]
    public void DirtyFb_without_clips_should_be_all_of_it() =>
        Assert.Empty(Ioctl.Decode<ModeDirtyFb, drm_mode_fb_dirty_cmd>(new drm_mode_fb_dirty_cmd { fb_id = 71 }).Clips);

    [Fact]
    public void DirtyFb_should_be_cut_where_its_clips_cannot_be_read()
    {
        var argument = new drm_mode_fb_dirty_cmd { num_clips = 256, clips_ptr = ClientMemory.Start + 2049 };

        Assert.True(Ioctl.Decode<ModeDirtyFb, drm_mode_fb_dirty_cmd>(argument, _memory).IsCut);
        argument.clips_ptr--;
        Assert.Equal(256, Ioctl.Decode<ModeDirtyFb, drm_mode_fb_dirty_cmd>(argument, _memory).Clips.Length);
    }

    [Theory]
    [InlineData(257, ClientMemory.Start)]
    [InlineData(uint.MaxValue, ClientMemory.Unmapped)]
    [InlineData(0, ClientMemory.Start)] // a list without a count
    [InlineData(1, 0)] // a count without a list
    public void DirtyFb_should_have_too_many_clips_where_no_list_can_be(uint count, ulong address)
    {
        var argument = new drm_mode_fb_dirty_cmd { num_clips = count, clips_ptr = address };

        Assert.True(Ioctl.Decode<ModeDirtyFb, drm_mode_fb_dirty_cmd>(argument, _memory).Clips.Length > ModeDirtyFb.MaxClips);
    }

    [Fact]
    public void GetFb_should_fill_all_but_the_id()
    {
        var argument = new drm_mode_fb_cmd { fb_id = 50, handle = 9 };

        Assert.Equal(new ModeGetFb(new(50)), Ioctl.Decode<ModeGetFb, drm_mode_fb_cmd>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetFb, drm_mode_fb_cmd>(Reply<ModeFb>.Success(new ModeFb(1, 2, 3, 32, 24, default)), ref argument));
        Assert.Equal(new drm_mode_fb_cmd { fb_id = 50, width = 1, height = 2, pitch = 3, bpp = 32, depth = 24, handle = 0 }, argument);
    }

    [Fact]
    public void GetFb2_should_clear_the_planes_that_there_are_not()
    {
        var argument = new drm_mode_fb_cmd2 { fb_id = 50 };
        argument.handles[3] = 7;
        argument.modifier[1] = 7;

        Assert.Equal(new ModeGetFb2(new(50)), Ioctl.Decode<ModeGetFb2, drm_mode_fb_cmd2>(argument));
        var reply = new ModeFb2(1, 2, 3, FramebufferFlags.Modifiers, [new(new(4), 5, 6, 8), default, default, default]);
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetFb2, drm_mode_fb_cmd2>(Reply<ModeFb2>.Success(reply), ref argument));
        var expected = new drm_mode_fb_cmd2 { fb_id = 50, width = 1, height = 2, pixel_format = 3, flags = 2 };
        (expected.handles[0], expected.pitches[0], expected.offsets[0], expected.modifier[0]) = (4, 5, 6, 8);
        Assert.Equal(Ioctl.BytesOf(expected), Ioctl.BytesOf(argument));
    }
}
