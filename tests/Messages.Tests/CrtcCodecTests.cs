using System.Text;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class CrtcCodecTests
{
    private static readonly ModeInfo Mode = new()
    {
        Clock = 148500,
        HDisplay = 1920,
        HSyncStart = 2008,
        HSyncEnd = 2052,
        HTotal = 2200,
        HSkew = 1,
        VDisplay = 1080,
        VSyncStart = 1084,
        VSyncEnd = 1089,
        VTotal = 1125,
        VScan = 2,
        VRefresh = 60,
        Flags = ModeFlags.PHSync | ModeFlags.PVSync | (ModeFlags)(1u << 31),
        Type = ModeTypes.Driver | ModeTypes.Preferred,
        Name = "1920x1080",
    };

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Mode_should_survive_the_way_there_and_back()
    {
        drm_mode_modeinfo info = ModeInfoCodec.Encode(Mode);

        Assert.Equal(Mode, ModeInfoCodec.Decode(in info));
        Assert.Equal((148500u, (ushort)2200, (ushort)1125, 60u), (info.clock, info.htotal, info.vtotal, info.vrefresh));
    }

    [Fact]
    public void Mode_name_should_end_in_a_nul()
    {
        drm_mode_modeinfo info = ModeInfoCodec.Encode(Mode with { Name = new string('x', 40) });
        Assert.Equal(new string('x', 31) + "\0", Encoding.Latin1.GetString(info.name));

        info.name[31] = (byte)'y';
        info.name[0] = 0xff;
        Assert.Equal("\u00ff" + new string('x', 30), ModeInfoCodec.Decode(in info).Name);
    }

    [Fact]
    public void Lit_crtc_should_be_told_with_its_mode()
    {
        var argument = new drm_mode_crtc { crtc_id = 31, set_connectors_ptr = 5, count_connectors = 6 };

        Assert.Equal(new ModeGetCrtc(new(31)), Ioctl.Decode<ModeGetCrtc, drm_mode_crtc>(argument));
        Reply<ModeCrtc> reply = Reply<ModeCrtc>.Success(new ModeCrtc(new(31), new(71), 3, 4, 256, Mode));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetCrtc, drm_mode_crtc>(reply, ref argument));
        var expected = new drm_mode_crtc
        {
            crtc_id = 31,
            set_connectors_ptr = 5,
            count_connectors = 6,
            fb_id = 71,
            x = 3,
            y = 4,
            gamma_size = 256,
            mode_valid = 1,
            mode = ModeInfoCodec.Encode(Mode),
        };
        Assert.Equal(Ioctl.BytesOf(expected), Ioctl.BytesOf(argument));
    }

    [Fact]
    public void Dark_crtc_should_be_told_without_a_mode()
    {
        var argument = new drm_mode_crtc { crtc_id = 31, mode_valid = 7, mode = new() { clock = 5 } };

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetCrtc, drm_mode_crtc>(Reply<ModeCrtc>.Success(new ModeCrtc(new(31), new(0), 0, 0, 0, null)), ref argument));
        Assert.Equal(Ioctl.BytesOf(new drm_mode_crtc { crtc_id = 31, mode = new() { clock = 5 } }), Ioctl.BytesOf(argument));
    }

    [Fact]
    public void SetCrtc_should_read_its_connectors()
    {
        _memory.Put<uint>(ClientMemory.Start, 41, 42, 43);
        var argument = new drm_mode_crtc
        {
            crtc_id = 31,
            fb_id = uint.MaxValue,
            x = 3,
            y = 4,
            mode_valid = 9,
            mode = ModeInfoCodec.Encode(Mode),
            set_connectors_ptr = ClientMemory.Start,
            count_connectors = 2,
        };

        ModeSetCrtc call = Ioctl.Decode<ModeSetCrtc, drm_mode_crtc>(argument, _memory);

        Assert.Equal((new(31), ModeSetCrtc.KeepFramebuffer, 3u, 4u, Mode), (call.Crtc, call.Framebuffer, call.X, call.Y, call.Mode));
        Assert.Equal([new(41), new(42)], call.Connectors.ToArray());
    }

    [Fact]
    public void SetCrtc_should_be_refused_where_its_connectors_cannot_be_read()
    {
        var argument = new drm_mode_crtc { crtc_id = 31, mode_valid = 1, set_connectors_ptr = ClientMemory.Unmapped, count_connectors = 1 };

        Assert.Equal(Errno.EFAULT, Ioctl.DecodeRefused<ModeSetCrtc, drm_mode_crtc>(argument).Errno);
    }

    [Theory]
    [InlineData(0, 2, 2)] // connectors without a mode
    [InlineData(1, 33, 33)] // more connectors than a device can have
    [InlineData(1, uint.MaxValue, 33)]
    public void SetCrtc_should_not_read_connectors_that_are_refused_by_their_number(uint modeValid, uint count, int length)
    {
        var argument = new drm_mode_crtc { mode_valid = modeValid, set_connectors_ptr = ClientMemory.Unmapped, count_connectors = count };

        Assert.Equal(length, Ioctl.Decode<ModeSetCrtc, drm_mode_crtc>(argument).Connectors.Length);
    }

    [Fact]
    public void PageFlip_should_carry_what_is_reserved()
    {
        var argument = new drm_mode_crtc_page_flip { crtc_id = 1, fb_id = 2, flags = 0x8000_0001, reserved = 5, user_data = ulong.MaxValue };

        Assert.Equal(
            new ModePageFlip(new(1), new(2), (PageFlipFlags)0x8000_0001, ulong.MaxValue, 5),
            Ioctl.Decode<ModePageFlip, drm_mode_crtc_page_flip>(argument));
    }
}
