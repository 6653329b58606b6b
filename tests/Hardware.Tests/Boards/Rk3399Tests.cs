using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Boards;

public class Rk3399Tests
{
    private static readonly BoardDescription Board = BoardLoader.Load("rk3399");

    [Fact]
    public void Driver_should_be_the_kernels()
    {
        Assert.Equal(
            new DriverDescription("rockchip", "RockChip Soc DRM", "20140818", 1, 0, 0, DriverFeatures.Gem | DriverFeatures.Modeset | DriverFeatures.Atomic | DriverFeatures.Prime),
            Board.Driver);
        Assert.Equal(("rk3399", "display-subsystem"), (Board.Name, Board.Device));
    }

    [Fact]
    public void Limits_should_be_the_chips()
    {
        Assert.Equal(new FramebufferLimits(0, 0, 4096, 4096), Board.ModeConfig);
        Assert.Equal(new MemoryDescription(1L << 30, 64), Board.Memory);
    }

    [Fact]
    public void Firmware_should_have_left_a_picture()
    {
        Assert.Equal(new FirmwareFramebuffer("simple-framebuffer", 0xf7000000, 1920, 1080, 7680, Fourcc.Xrgb8888), Board.FirmwareFramebuffer);
        Assert.Equal(1920UL * 1080 * 4, Board.FirmwareFramebuffer!.Size);
    }

    [Fact]
    public void Components_should_bind_vops_first() =>
        Assert.Equal(
            ["ff900000.vop", "ff8f0000.vop", "ff940000.hdmi", "ff970000.dp", "ff960000.dsi"],
            Board.ComponentsInMatchOrder().Select(c => c.DeviceName));

    [Theory]
    [InlineData("vopb", 4096, 2160, 1024)]
    [InlineData("vopl", 2560, 1600, 256)]
    public void Vop_should_have_its_reach_and_its_gamma_table_alone(string name, uint width, uint height, uint gamma)
    {
        var vop = Assert.IsType<VopDescription>(Board.Component(name));
        Assert.Equal((width, height, gamma), (vop.MaxWidth, vop.MaxHeight, vop.GammaSize));
        Assert.Equal((0u, false, 0u, true), (vop.DegammaSize, vop.HasCtm, vop.MaxPixelClock, vop.HasVblank));
    }

    /// <summary>As Linux's driver lists them, in rockchip_vop_reg.c.</summary>
    [Theory]
    [InlineData("vopb", "win0", WindowType.Primary, true, "0x51 0x0", "Rotate0, ReflectX, ReflectY")]
    [InlineData("vopb", "win1", WindowType.Overlay, true, "0x0", "Rotate0, ReflectX, ReflectY")]
    [InlineData("vopb", "win2", WindowType.Overlay, false, "0x0", "Rotate0, ReflectY")]
    [InlineData("vopb", "win3", WindowType.Cursor, false, "0x0", "Rotate0, ReflectY")]
    [InlineData("vopl", "win0", WindowType.Primary, true, "0x0", "Rotate0, ReflectX, ReflectY")]
    [InlineData("vopl", "win2", WindowType.Cursor, false, "0x0", "Rotate0, ReflectY")]
    public void Window_should_be_the_chips(string vop, string name, WindowType type, bool isFull, string modifiers, string rotations)
    {
        const string Rgb = "XR24 AR24 XB24 AB24 RG24 BG24 RG16 BG16";
        var window = ((VopDescription)Board.Component(vop)).Windows.Single(w => w.Name == name);

        Assert.Equal(type, window.Type);
        Assert.Equal(isFull ? $"{Rgb} NV12 NV21 NV16 NV61 NV24 NV42" : Rgb, string.Join(' ', window.Formats.Select(FormatTable.Spell)));
        Assert.Equal(isFull ? new ScaleRange(1 << 13, 8 << 16) : ScaleRange.Unscaled, window.Scaling);
        Assert.Equal(modifiers, string.Join(' ', window.Modifiers.Select(m => $"0x{m.Code & 0xff:x}")));
        Assert.Equal(rotations, window.Rotations.ToString());
        Assert.Equal((null, false, 0, 0), (window.Zpos, window.HasAlpha, window.BlendModes.Length, window.Encodings.Length));
    }

    [Fact]
    public void Limits_should_be_what_the_driver_refuses() =>
        Assert.Equal(
            new LimitsDescription { YuvStartsEven = true, YuvNotReflectedY = true, TiledFromTheCorner = true }, Board.Limits);

    [Theory]
    [InlineData("hdmi", ComponentKind.Hdmi, EncoderType.Tmds, ConnectorType.HdmiA, ConnectorStatus.Connected, EdidSource.Builtin)]
    [InlineData("edp", ComponentKind.Edp, EncoderType.Tmds, ConnectorType.Edp, ConnectorStatus.Disconnected, EdidSource.None)]
    [InlineData("dsi", ComponentKind.Dsi, EncoderType.Dsi, ConnectorType.Dsi, ConnectorStatus.Disconnected, EdidSource.None)]
    public void Output_should_be_fed_by_both_vops(
        string name, ComponentKind kind, EncoderType encoder, ConnectorType connector, ConnectorStatus status, EdidSource edid)
    {
        var output = Assert.IsType<OutputDescription>(Board.Component(name));
        Assert.Equal((kind, encoder), (output.Kind, output.Encoder));
        Assert.Equal(new ConnectorDescription(connector, status, edid, null), output.Connector);
        Assert.Equal(["vopb", "vopl"], output.PossibleCrtcs.ToArray());
    }

    [Fact]
    public void Unknown_component_should_be_named() =>
        Assert.Contains("hdmi2", Assert.Throws<KeyNotFoundException>(() => Board.Component("hdmi2")).Message, StringComparison.Ordinal);
}
