using System.Text.RegularExpressions;
using DrmActors.Hardware.Images;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>The demo, run as a user runs it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-demo");

    private string Out => Path.Combine(_folder.FullName, "screen.png");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Demo_should_boot_show_every_frame_write_the_picture_and_leave_nothing()
    {
        var (code, output, error) = DrmProgram("demo", "--virtual-time", "--frames", "240", "--out", Out);

        Assert.True(code == 0, error);
        Assert.Equal(12, Regex.Count(output, @"^ +ok +\d+ ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
        Assert.Contains("240 frames, ", output);
        Assert.Contains("missed vblanks: 0, sequence 3 to 242", output);
        Assert.Contains("leak report: objects 0, pages 0, mappings 0, descriptors 0", output);
        var picture = ImageFile.Read(Out);
        Assert.Equal((1920, 1080), (picture.Width, picture.Height));
    }

    [Fact]
    public void Demo_should_show_a_picture_in_the_mode_asked_for()
    {
        var red = Path.Combine(_folder.FullName, "red.ppm");
        File.WriteAllBytes(red, [.. "P6 1 1 255\n"u8, 0xff, 0, 0]);

        var (code, output, error) = DrmProgram("demo", "--virtual-time", "--frames", "2", "--mode", "1280x720@60", "--image", red, "--out", Out);

        Assert.True(code == 0, error);
        Assert.Contains("1280x720@60", output);
        var picture = ImageFile.Read(Out);
        Assert.Equal((1280, 720), (picture.Width, picture.Height));
        Assert.Equal(0xff0000u, picture.Xrgb[(360 * 1280) + 640] & 0xffffff);
    }

    [Theory]
    [InlineData("--mode", "3840x2160@60")]
    [InlineData("--mode", "wide")]
    [InlineData("--frames", "0")]
    [InlineData("--image", "/no/such/picture.png")]
    [InlineData("--edid", "/no/such/monitor.bin")]
    [InlineData("--board", "no-such-board")]
    [InlineData("--out", "/no/such/folder/screen.png")]
    [InlineData("--no-such-option", "1")]
    public void Demo_should_name_what_was_wrong_with_its_arguments(string option, string value)
    {
        var (code, _, error) = DrmProgram("demo", "--virtual-time", option, value);

        Assert.NotEqual(0, code);
        Assert.Contains(option == "--no-such-option" ? option : value, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public void Demo_should_name_file_line_and_key_of_a_broken_board()
    {
        var board = Path.Combine(_folder.FullName, "broken.conf");
        File.WriteAllText(board, "description = \"x\"\ndevice = \"y\"\nwidth = 3\n");

        var (code, _, error) = DrmProgram("demo", "--board", board);

        Assert.Equal(2, code);
        Assert.Contains($"{board}:3", error);
        Assert.Contains("width", error);
    }
}
