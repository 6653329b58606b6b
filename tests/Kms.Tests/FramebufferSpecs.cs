using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

/// <summary>ADDFB and ADDFB2: the cases of a real kernel's listing, with the limits of the RK3399.</summary>
public sealed class FramebufferSpecs
{
    private const uint Width = 256;
    private const uint Height = 64;
    private const uint Pitch = Width * 4;

    public static TheoryData<string, Errno> Cases => new()
    {
        { "ok", Errno.None },
        { "w0", Errno.EINVAL },
        { "h0", Errno.EINVAL },
        { "too-wide", Errno.EINVAL },
        { "too-high", Errno.EINVAL },
        { "largest", Errno.None },
        { "pitch-small", Errno.EINVAL },
        { "pitch+4", Errno.None },
        { "fmt0", Errno.EINVAL },
        { "fmt-junk", Errno.EINVAL },
        { "big-endian", Errno.EINVAL },
        { "nv12-1plane", Errno.EINVAL },
        { "handle0", Errno.EINVAL },
        { "flags4", Errno.EINVAL },
        { "interlaced", Errno.None },
        { "extra-handle", Errno.None },
        { "extra-pitch", Errno.None },
        { "extra-offset", Errno.None },
        { "extra-handle-with-modifiers", Errno.EINVAL },
        { "extra-modifier", Errno.EINVAL },
        { "modifier-no-flag", Errno.EINVAL },
        { "overflow", Errno.ERANGE },
        { "unseen-format", Errno.EINVAL },
        { "linear", Errno.None },
        { "unseen-modifier", Errno.EINVAL },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddFb2_should_answer_as_the_kernel_does(string name, Errno expected)
    {
        var good = new ModeAddFb2(Width, Height, Fourcc.Xrgb8888, FramebufferFlags.None, [new(new(1), Pitch, 0), default, default, default]);
        var call = name switch
        {
            "w0" => good with { Width = 0 },
            "h0" => good with { Height = 0 },
            "too-wide" => Plane0(good with { Width = 4097 }, new(new(1), 4097 * 4, 0)),
            "too-high" => good with { Height = 4097 },
            "largest" => Plane0(good with { Width = 4096, Height = 4096 }, new(new(1), 4096 * 4, 0)),
            "pitch-small" => Plane0(good, new(new(1), Pitch - 1, 0)),
            "pitch+4" => Plane0(good, new(new(1), Pitch + 4, 0)),
            "fmt0" => good with { PixelFormat = 0 },
            "fmt-junk" => good with { PixelFormat = 0x12345678 },
            "big-endian" => good with { PixelFormat = Fourcc.Xrgb8888 | Fourcc.BigEndian },
            "nv12-1plane" => good with { PixelFormat = Fourcc.Nv12 },
            "handle0" => Plane0(good, new(default, Pitch, 0)),
            "flags4" => good with { Flags = (FramebufferFlags)4 },
            "interlaced" => good with { Flags = FramebufferFlags.Interlaced },
            "extra-handle" => Plane1(good, new(new(1), 0, 0)),
            "extra-pitch" => Plane1(good, new(default, Pitch, 0)),
            "extra-offset" => Plane1(good, new(default, 0, 4096)),
            "extra-handle-with-modifiers" => Plane1(good with { Flags = FramebufferFlags.Modifiers }, new(new(1), 0, 0)),
            "extra-modifier" => Plane1(good with { Flags = FramebufferFlags.Modifiers }, new(default, 0, 0, 1)),
            "modifier-no-flag" => Plane0(good, new(new(1), Pitch, 0, 1)),
            "unseen-format" => good with { PixelFormat = Fourcc.C8 },
            "linear" => good with { Flags = FramebufferFlags.Modifiers },
            "unseen-modifier" => Plane0(good with { Flags = FramebufferFlags.Modifiers }, new(new(1), Pitch, 0, 0x00ff_ffff_ffff_ffff)),
            "overflow" => Plane0(good, new(new(1), uint.MaxValue, 0)),
            _ => good,
        };

        Assert.Equal(expected, FramebufferCheck.Check(TestBoard.Config, call, out _));
    }

    [Theory]
    [InlineData(32, 24, "XR24")]
    [InlineData(32, 32, "AR24")]
    [InlineData(32, 30, "XR30")]
    [InlineData(16, 16, "RG16")]
    [InlineData(16, 15, "XR15")]
    [InlineData(8, 8, "C8  ")]
    [InlineData(24, 24, "RG24")]
    [InlineData(0, 0, null)]
    [InlineData(32, 25, null)]
    public void AddFb_should_choose_the_format_by_bits_and_depth(uint bpp, uint depth, string? fourcc)
    {
        var wide = FramebufferCheck.Widen(new ModeAddFb(Width, Height, Pitch, bpp, depth, new(1)));

        Assert.Equal(fourcc is null ? 0 : FormatTable.Fourcc(fourcc), wide.PixelFormat);
        Assert.Equal(fourcc is null ? Errno.EINVAL : Errno.None, FramebufferCheck.Check(TestBoard.Config with { TakesUnseenFormats = true }, wide, out _));
    }

    [Fact]
    public void A_buffer_that_is_one_byte_too_small_should_not_fit()
    {
        var call = new ModeAddFb2(20, 3, Fourcc.Xrgb8888, FramebufferFlags.None, [new(new(1), 128, 16), default, default, default]);
        const long LastByte = (2 * 128) + (20 * 4) + 16;

        Assert.True(FramebufferCheck.Fits(call, FormatTable.Find(Fourcc.Xrgb8888)!, 0, LastByte));
        Assert.False(FramebufferCheck.Fits(call, FormatTable.Find(Fourcc.Xrgb8888)!, 0, LastByte - 1));
    }

    private static ModeAddFb2 Plane0(ModeAddFb2 call, FramebufferPlane plane) => call with { Planes = call.Planes.SetItem(0, plane) };

    private static ModeAddFb2 Plane1(ModeAddFb2 call, FramebufferPlane plane) => call with { Planes = call.Planes.SetItem(1, plane) };
}
