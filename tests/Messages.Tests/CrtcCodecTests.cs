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
    public void SetCrtc_should_be_cut_where_its_connectors_cannot_be_read()
    {
        var argument = new drm_mode_crtc { crtc_id = 31, mode_valid = 1, set_connectors_ptr = ClientMemory.Unmapped, count_connectors = 1 };

        Assert.Equal(0, Ioctl.Decode<ModeSetCrtc, drm_mode_crtc>(argument).CutAt);
    }

    [Fact]
    public void SetCrtc_should_have_the_connectors_before_the_first_that_cannot_be_read()
    {
        const ulong LastTwo = ClientMemory.Start + 4096 - 8;
        _memory.Put<uint>(LastTwo, 41, 42);

        ModeSetCrtc call = Ioctl.Decode<ModeSetCrtc, drm_mode_crtc>(
            new drm_mode_crtc { crtc_id = 31, mode_valid = 1, set_connectors_ptr = LastTwo, count_connectors = 4 }, _memory);

        Assert.Equal((4, 2), (call.Connectors.Length, call.CutAt));
        Assert.Equal([new(41), new(42)], call.Connectors[..2].ToArray());
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

    [Fact]
    public void SetGamma_should_read_its_three_columns()
    {
        _memory.Put<ushort>(ClientMemory.Start, 1, 2, 3, 0xfffe, 5, 6);
        drm_mode_crtc_lut argument = Lut(2);

        ModeSetGamma call = Ioctl.Decode<ModeSetGamma, drm_mode_crtc_lut>(argument, _memory);

        Assert.Equal((new(31), 2u), (call.Crtc, call.Size));
        Assert.Equal([1, 2], call.Table.Red.ToArray());
        Assert.Equal([3, 0xfffe], call.Table.Green.ToArray());
        Assert.Equal([5, 6], call.Table.Blue.ToArray());
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 2, 2)]
    [InlineData(2, 2, 0, 2)]
    [InlineData(3, 2, 2, 0)]
    public void SetGamma_should_leave_a_column_empty_that_cannot_be_read(int bad, int red, int green, int blue)
    {
        drm_mode_crtc_lut argument = Lut(bad == 0 ? 0u : 2);
        argument.red = bad == 1 ? ClientMemory.Unmapped : argument.red;
        argument.green = bad == 2 ? ClientMemory.Unmapped : argument.green;
        argument.blue = bad == 3 ? ClientMemory.Unmapped : argument.blue;

        ModeSetGamma call = Ioctl.Decode<ModeSetGamma, drm_mode_crtc_lut>(argument, _memory);

        Assert.Equal((red, green, blue), (call.Table.Red.Length, call.Table.Green.Length, call.Table.Blue.Length));
    }

    [Theory]
    [InlineData(4097u)]
    [InlineData(uint.MaxValue)]
    public void SetGamma_should_not_read_a_table_that_no_crtc_has(uint size)
    {
        ModeSetGamma call = Ioctl.Decode<ModeSetGamma, drm_mode_crtc_lut>(Lut(size), _memory);

        Assert.Equal((size, 0, 0, 0), (call.Size, call.Table.Red.Length, call.Table.Green.Length, call.Table.Blue.Length));
    }

    [Fact]
    public void GetGamma_should_write_the_three_columns()
    {
        drm_mode_crtc_lut argument = Lut(2);
        Reply<GammaTable> reply = Reply<GammaTable>.Success(new GammaTable([1, 2], [3, 0xfffe], [5, 6]));

        Assert.Equal(new ModeGetGamma(new(31), 2), Ioctl.Decode<ModeGetGamma, drm_mode_crtc_lut>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetGamma, drm_mode_crtc_lut>(reply, ref argument, _memory));
        Assert.Equal([1, 2, 3, 0xfffe, 5, 6], _memory.Get<ushort>(ClientMemory.Start, 6));
        Assert.Equal(Ioctl.BytesOf(Lut(2)), Ioctl.BytesOf(argument));
    }

    [Fact]
    public void GetGamma_should_stop_at_the_first_column_that_cannot_be_written()
    {
        drm_mode_crtc_lut argument = Lut(2);
        argument.green = ClientMemory.Unmapped;
        Reply<GammaTable> reply = Reply<GammaTable>.Success(new GammaTable([1, 2], [3, 4], [5, 6]));

        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetGamma, drm_mode_crtc_lut>(reply, ref argument, _memory));
        Assert.Equal([1, 2, 0, 0, 0, 0], _memory.Get<ushort>(ClientMemory.Start, 6));
    }

    // Its columns stand one behind the other.
    private static drm_mode_crtc_lut Lut(uint size) => new()
    {
        crtc_id = 31,
        gamma_size = size,
        red = ClientMemory.Start,
        green = ClientMemory.Start + (size * sizeof(ushort)),
        blue = ClientMemory.Start + (2 * size * sizeof(ushort)),
    };
}
