using DrmActors.Hardware.Boards;
using Hocon;

namespace DrmActors.Hardware.Tests.Boards;

public class BoardLoaderTests
{
    [Fact]
    public void Unknown_name_should_list_the_boards()
    {
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Load("rk3398"));
        Assert.Contains("rk3399", broken.Allowed, StringComparison.Ordinal);
        Assert.StartsWith("rk3398: found no board of that name", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_should_be_named()
    {
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Load("/nowhere/mine.conf"));
        Assert.Equal("/nowhere/mine.conf", broken.File);
    }

    [Fact]
    public void File_should_be_taken_by_its_path()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".conf");
        File.Copy(ConfigFiles.Find("boards/rk3399.conf")!, path);
        try
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(path), BoardLoader.Load(path).Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Edid_file_should_be_looked_for_beside_the_board()
    {
        var text = File.ReadAllText(ConfigFiles.Find("boards/rk3399.conf")!);
        var hdmi = Hdmi(text.Replace("edid = builtin", "edid = monitors/lg.bin", StringComparison.Ordinal), "/boards/mine.conf");
        Assert.Equal((EdidSource.File, "/boards/monitors/lg.bin"), (hdmi.Edid, hdmi.EdidFile));
        hdmi = Hdmi(text.Replace("edid = builtin", "edid = \"/lg.bin\"", StringComparison.Ordinal), "/boards/mine.conf");
        Assert.Equal("/lg.bin", hdmi.EdidFile);

        static ConnectorDescription Hdmi(string text, string file) =>
            ((OutputDescription)BoardLoader.Parse(text, file).Component("hdmi")).Connector;
    }

    [Fact]
    public void Firmware_framebuffer_may_be_left_out()
    {
        var text = File.ReadAllText(ConfigFiles.Find("boards/rk3399.conf")!);
        var from = text.IndexOf("firmware-framebuffer {", StringComparison.Ordinal);
        var to = text.IndexOf('}', from) + 1;
        Assert.Null(BoardLoader.Parse(text.Remove(from, to - from), "board.conf").FirmwareFramebuffer);
    }

    [Fact]
    public void Same_board_in_other_words_should_be_the_same()
    {
        var text = File.ReadAllText(ConfigFiles.Find("boards/rk3399.conf")!);
        var dotted = text
            .Replace("memory {", "memory.pitch-alignment : 64 // as the Mali wants it\nmemory : {", StringComparison.Ordinal)
            .Replace("  pitch-alignment = 64\n", "", StringComparison.Ordinal)
            .Replace("features = [modeset, gem, atomic, prime]", "\"features\" : [\n modeset # first\n gem, \"atomic\", prime\n]", StringComparison.Ordinal);
        var (board, same) = (BoardLoader.Parse(text, "board.conf"), BoardLoader.Parse("{\n" + dotted + "\n}", "board.conf"));
        Assert.Equal((board.Driver, board.Memory, board.ModeConfig), (same.Driver, same.Memory, same.ModeConfig));
    }

    [Fact]
    public void Settings_file_should_hold_the_documented_defaults()
    {
        var settings = HoconConfigurationFactory.ParseString(File.ReadAllText(ConfigFiles.Find("drm.conf")!));
        Assert.Equal("rk3399", settings.GetString("drm.board"));
        Assert.Equal("real", settings.GetString("drm.clock"));
        Assert.Equal(4096, settings.GetInt("drm.events.space"));
        Assert.Equal("OFF", settings.GetString("akka.stdout-loglevel"));
        Assert.Equal(30, settings.GetInt("akka.actor.default-dispatcher.throughput"));
    }
}
