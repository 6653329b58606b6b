using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Boards;

/// <summary>The facts are those that Linux 6.1 tells of its virtual driver, by modetest, drm_info and debugfs.</summary>
public class VkmsTests
{
    private static readonly BoardDescription Board = BoardLoader.Load("vkms");

    [Fact]
    public void Driver_should_be_the_kernels()
    {
        Assert.Equal(
            new DriverDescription(
                "vkms", "Virtual Kernel Mode Setting", "20180514", 1, 0, 0,
                DriverFeatures.Gem | DriverFeatures.Modeset | DriverFeatures.Atomic | DriverFeatures.Prime),
            Board.Driver);
        Assert.Equal(("vkms", "vkms", false), (Board.Name, Board.Device, Board.FbdevConsole));
        Assert.Equal(new FramebufferLimits(20, 20, 8192, 8192), Board.ModeConfig);
        Assert.Equal(1u, Board.Memory.PitchAlignment);
        Assert.Null(Board.FirmwareFramebuffer);
    }

    [Fact]
    public void Crtc_should_have_ten_planes()
    {
        var crtc = Assert.IsType<VopDescription>(Board.Component("crtc"));

        Assert.Equal((null, "crtc", 0u), (crtc.Address, crtc.DeviceName, crtc.GammaSize));
        Assert.Equal(
            [WindowType.Primary, .. Enumerable.Repeat(WindowType.Overlay, 8), WindowType.Cursor], crtc.Windows.Select(w => w.Type));
        Assert.Equal("XR24 XR48 RG16", Spell(crtc.Windows[0].Formats));
        Assert.All(crtc.Windows.Skip(1), w => Assert.Equal("AR24 XR24 XR48 AR48 RG16", Spell(w.Formats)));
    }

    [Fact]
    public void Outputs_should_be_a_virtual_and_a_writeback_connector()
    {
        var output = Assert.IsType<OutputDescription>(Board.Component("virtual"));
        Assert.Equal((EncoderType.Virtual, 0u), (output.Encoder, output.MaxPixelClock));
        Assert.Equal(new ConnectorDescription(ConnectorType.Virtual, ConnectorStatus.Connected, EdidSource.None, null), output.Connector);

        var writeback = Assert.IsType<OutputDescription>(Board.Component("writeback"));
        Assert.Equal((EncoderType.Virtual, ConnectorType.Writeback), (writeback.Encoder, writeback.Connector.Type));
        Assert.Equal("XR24 XR48 AR48 RG16", Spell(writeback.WritebackFormats));
    }

    private static string Spell(IEnumerable<uint> formats) => string.Join(' ', formats.Select(FormatTable.Spell));
}
