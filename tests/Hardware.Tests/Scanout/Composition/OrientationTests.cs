using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

public class OrientationTests
{
    // A framebuffer of three by two pixels, a letter each:
    //   a b c
    //   d e f
    [Theory]
    [InlineData(Rotation.Rotate0, "abc def")]
    [InlineData(Rotation.Rotate90, "cf be ad")] // counter-clockwise: what was at the right is on top
    [InlineData(Rotation.Rotate180, "fed cba")]
    [InlineData(Rotation.Rotate270, "da eb fc")]
    [InlineData(Rotation.Rotate0 | Rotation.ReflectX, "cba fed")]
    [InlineData(Rotation.Rotate0 | Rotation.ReflectY, "def abc")]
    [InlineData(Rotation.Rotate90 | Rotation.ReflectX, "ad be cf")] // reflected first
    [InlineData(Rotation.Rotate270 | Rotation.ReflectX, "fc eb da")]
    [InlineData(Rotation.Rotate180 | Rotation.ReflectX | Rotation.ReflectY, "abc def")]
    public void Picture_should_be_reflected_and_then_turned_counter_clockwise(Rotation rotation, string expected)
    {
        var rows = expected.Split(' ');
        var crtc = new CrtcInput(rows[0].Length, rows.Length);
        var pixels = new byte[crtc.Width * crtc.Height * 4];

        new FrameComposer().Compose(
            crtc,
            [Letters() with { Rotation = rotation, CrtcW = crtc.Width, CrtcH = crtc.Height }],
            new PictureTarget { Pixels = pixels, Pitch = crtc.Width * 4 });

        Assert.Equal(string.Concat(rows), string.Concat(MemoryMarshal.Cast<byte, uint>(pixels).ToArray().Select(p => (char)(byte)p)));
    }

    [Theory]
    [InlineData(ScalingFilter.NearestNeighbor, "aaabbbccc")]
    [InlineData(ScalingFilter.Default, "aaabbbccc")]
    public void Three_pixels_should_fill_nine(ScalingFilter filter, string expected)
    {
        var pixels = new byte[9 * 4];

        new FrameComposer().Compose(
            new CrtcInput(9, 1),
            [Letters() with { SrcH = 1 << 16, CrtcW = 9, CrtcH = 1, Filter = filter }],
            new PictureTarget { Pixels = pixels, Pitch = pixels.Length });

        Assert.Equal(expected, string.Concat(MemoryMarshal.Cast<byte, uint>(pixels).ToArray().Select(p => (char)(byte)p)));
    }

    private static PlaneInput Letters() => new()
    {
        Format = Fourcc.Xrgb8888,
        Width = 3,
        Height = 2,
        Memory = [new PixelMemory(MemoryMarshal.AsBytes("abcdef".Select(c => (uint)c).ToArray().AsSpan()).ToArray(), 12)],
        SrcW = 3 << 16,
        SrcH = 2 << 16,
        CrtcW = 3,
        CrtcH = 2,
    };
}
