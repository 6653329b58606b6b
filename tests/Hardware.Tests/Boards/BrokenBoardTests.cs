using DrmActors.Hardware.Boards;

namespace DrmActors.Hardware.Tests.Boards;

public class BrokenBoardTests
{
    private static readonly string Whole = File.ReadAllText(ConfigFiles.Find("boards/rk3399.conf")!).ReplaceLineEndings("\n");

    /// <summary>What stands in the file, what replaces it (once, the first), the line that the error names (the text that it begins with), key, found, allowed.</summary>
    public static TheoryData<string, string, string, string, string, string> Breakages() => new()
    {
        { "device = \"display-subsystem\"", "", "# Rockchip RK3399", "device", "no such key", "text" },
        { "device = \"display-subsystem\"", "device = \"\"", "device", "device", "nothing", "text" },
        { "device = \"display-subsystem\"", "device = [a]", "device", "device", "a list", "text" },
        { "device = \"display-subsystem\"", "device { a = 1 }", "device", "device", "a section", "text" },
        { "device = \"display-subsystem\"", "device = x\ndevice = y", "device = y", "device", "the key again", "it is in line 7" },
        { "device =", "devise =", "devise", "devise", "an unknown key", "did you mean device?" },
        { "driver {", "drivers {", "drivers", "drivers", "an unknown key", "did you mean driver?" },
        { "name = rockchip", "nme = rockchip", "  nme", "driver.nme", "an unknown key", "did you mean name?" },
        { "name = rockchip", "qqqq = rockchip", "  qqqq", "driver.qqqq", "an unknown key", "name, model, description, date, major, minor, patchlevel, features" },
        { "  name = rockchip\n", "", "driver {", "driver.name", "no such key", "text" },
        { "\"20140818\"", "\"18.8.2014\"", "  date", "driver.date", "'18.8.2014'", "20140818" },
        { "\"20140818\"", "2014", "  date", "driver.date", "'2014'", "20140818" },
        { "major = 1", "major = one", "  major", "driver.major", "'one'", "a whole number from 0 to 2147483647" },
        { "major = 1", "major = -1", "  major", "driver.major", "'-1'", "a whole number" },
        { "major = 1", "major = 1.5", "  major", "driver.major", "'1.5'", "a whole number" },
        { "major = 1", "major = null", "  major", "driver.major", "null", "a whole number" },
        { "[modeset, gem, atomic, prime]", "[modeset, gems]", "  features", "driver.features", "'gems'", "did you mean gem?" },
        { "[modeset, gem, atomic, prime]", "[gem, gem]", "  features", "driver.features", "'gem' twice", "each once" },
        { "[modeset, gem, atomic, prime]", "[]", "  features", "driver.features", "an empty list", "a list of gem" },
        { "[modeset, gem, atomic, prime]", "[null]", "  features", "driver.features", "'null'", "gem" },
        { "[modeset, gem, atomic, prime]", "[{ a = 1 }]", "  features", "driver.features", "driver.features", "a list of gem" },
        { "device = \"display-subsystem\"", "device = ${driver}", "device", "device", "device", "text" },
        { "[modeset, gem, atomic, prime]", "gem", "  features", "driver.features", "a value", "a list of gem" },
        { "max-width = 4096\n  max-height = 4096", "max-width = 65536\n  max-height = 4096", "  max-width = 65536", "mode-config.max-width", "'65536'", "from 1 to 65535" },
        { "min-width = 0", "min-width = 5000", "  max-width", "mode-config.max-width", "'4096'", "from 5000 to 65535" },
        { "arena-size = 1GiB", "arena-size = 1GB", "  arena-size", "memory.arena-size", "'1GB'", "256MiB" },
        { "arena-size = 1GiB", "arena-size = 100", "  arena-size", "memory.arena-size", "'100'", "a multiple of 4096" },
        { "arena-size = 1GiB", "arena-size = 0", "  arena-size", "memory.arena-size", "'0'", "a multiple of 4096" },
        { "arena-size = 1GiB", "arena-size = 2000GiB", "  arena-size", "memory.arena-size", "'2000GiB'", "up to 1024GiB" },
        { "arena-size = 1GiB", "arena-size = 99999999999999999999GiB", "  arena-size", "memory.arena-size", "'99999999999999999999GiB'", "up to" },
        { "pitch-alignment = 64", "pitch-alignment = 48", "  pitch-alignment", "memory.pitch-alignment", "'48'", "a power of two" },
        { "pitch-alignment = 64", "pitch-alignment = 0", "  pitch-alignment", "memory.pitch-alignment", "'0'", "from 1 to 4096" },
        { "pitch-alignment = 64", "pitch-alignment = 64, limit = 100", "  pitch-alignment = 64, limit", "memory.limit", "'100'", "a multiple of 4096" },
        { "\"0xf7000000\"", "4143972352", "  address", "firmware-framebuffer.address", "'4143972352'", "0xff900000" },
        { "\"0xf7000000\"", "\"0x12345678123456789\"", "  address", "firmware-framebuffer.address", "'0x12345678123456789'", "an address" },
        { "\"0xf7000000\"", "\"0xg\"", "  address", "firmware-framebuffer.address", "'0xg'", "an address" },
        { "pitch = 7680", "pitch = 7679", "  pitch = 7679", "firmware-framebuffer.pitch", "'7679'", "from 7680" },
        { "format = XRGB8888", "format = xrgb8888", "  format", "firmware-framebuffer.format", "'xrgb8888'", "did you mean XRGB8888?" },
        { "format = XRGB8888", "format = NV12", "  format", "firmware-framebuffer.format", "'NV12'", "RGB565" },
        { "fbdev-console = on", "fbdev-console = maybe", "fbdev-console", "fbdev-console", "'maybe'", "on, off" },
        { "[vopb, vopl, hdmi, edp, dsi]", "[vopb, vopl, hdmi, edp]", "match-order", "match-order", "no 'dsi'", "every component once" },
        { "[vopb, vopl, hdmi, edp, dsi]", "[vopb, vopb, hdmi, edp, dsi]", "match-order", "match-order", "'vopb' twice", "each once" },
        { "[vopb, vopl, hdmi, edp, dsi]", "[vopb, vopl, hdmi, edp, dsi1]", "match-order", "match-order", "'dsi1'", "did you mean dsi?" },
        { "kind = vop", "kind = vopp", "    kind = vopp", "components.vopb.kind", "'vopp'", "did you mean vop?" },
        { "kind = vop", "", "  vopb {", "components.vopb.kind", "no such key", "vop, hdmi, edp, dsi, virtual, writeback, output" },
        { "  vopb {", "  \"1vop\" {", "  \"1vop\" {", "components.1vop", "the name '1vop'", "a letter first" },
        { "  vopb {", "  vopb = 1\n  vopc {", "  vopb = 1", "components.vopb", "a value", "a section" },
        { "\"0xff900000\"", "\"0xff8f0000\"", "@2    address", "components.vopl.address", "0xff8f0000, the address of vopb", "each address once" },
        { "max-width = 4096\n    max-height = 2160", "max-width = 0\n    max-height = 2160", "    max-width = 0", "components.vopb.max-width", "'0'", "from 1" },
        { "gamma-size = 1024", "gama-size = 1024", "    gama-size", "components.vopb.gama-size", "an unknown key", "did you mean gamma-size?" },
        { "type = primary", "type = first", "        type", "components.vopb.windows.win0.type", "'first'", "primary, overlay, cursor" },
        { "type = primary", "type = overlay", "    windows {", "components.vopb.windows", "0 windows of the type primary", "exactly one" },
        { "BGR565, NV12,", "BGR565, NV13,", "        formats", "components.vopb.windows.win0.formats", "'NV13'", "did you mean NV12?" },
        { "[AFBC_16x16_SPARSE_YTR, LINEAR]", "[AFBC, LINEAR]", "        modifiers", "components.vopb.windows.win0.modifiers", "'AFBC'", "AFBC_16x16_SPARSE_YTR" },
        { "[AFBC_16x16_SPARSE_YTR, LINEAR]", "[LINEAR, LINEAR]", "        modifiers", "components.vopb.windows.win0.modifiers", "'LINEAR' twice", "each once" },
        { "[AFBC_16x16_SPARSE_YTR, LINEAR]", "[0xg]", "        modifiers", "components.vopb.windows.win0.modifiers", "'0xg'", "a number as" },
        { "[rotate-0, reflect-x, reflect-y]", "[reflect-x]", "        rotations", "components.vopb.windows.win0.rotations", "no 'rotate-0'", "rotate-0" },
        { "[rotate-0, reflect-x, reflect-y]", "[rotate-45]", "        rotations", "components.vopb.windows.win0.rotations", "'rotate-45'", "did you mean rotate-0?" },
        { "max-upscale = 8", "max-upscale = 0.5", "        max-upscale", "components.vopb.windows.win0.max-upscale", "'0.5'", "a number from 1 to 256" },
        { "max-upscale = 8", "max-upscale = much", "        max-upscale", "components.vopb.windows.win0.max-upscale", "'much'", "a number from 1 to 256" },
        { "max-upscale = 8", "zpos-min = 1", "      win0 {", "components.vopb.windows.win0.zpos", "no such key", "a whole number from 1 to 255" },
        { "max-upscale = 8", "zpos = 9\n        zpos-max = 8", "        zpos", "components.vopb.windows.win0.zpos", "'9'", "from 0 to 8" },
        { "max-upscale = 8", "zpos = 2\n        zpos-min = 3\n        zpos-max = 2", "        zpos-max", "components.vopb.windows.win0.zpos-max", "'2'", "from 3 to 255" },
        { "max-upscale = 8", "alpha = yes", "        alpha", "components.vopb.windows.win0.alpha", "'yes'", "on, off" },
        { "max-upscale = 8", "blend-modes = [coverage]", "        blend-modes", "components.vopb.windows.win0.blend-modes", "no 'premultiplied'", "premultiplied" },
        { "max-upscale = 8", "encodings = [bt601]", "      win0 {", "components.vopb.windows.win0.ranges", "no such key", "limited, full" },
        { "max-upscale = 8", "encodings = [bt602]", "        encodings", "components.vopb.windows.win0.encodings", "'bt602'", "did you mean bt601?" },
        { "max-upscale = 8", "possible-crtcs = [vopl]", "        possible-crtcs", "components.vopb.windows.win0.possible-crtcs", "no 'vopb'", "the VOP that it belongs to" },
        { "gamma-size = 1024", "gamma-size = 1024\n    ctm = 1", "    ctm", "components.vopb.ctm", "'1'", "on, off" },
        { "gamma-size = 1024", "gamma-size = 1024\n    degamma-size = 5000", "    degamma-size", "components.vopb.degamma-size", "'5000'", "from 0 to 4096" },
        { "gamma-size = 1024", "gamma-size = 1024\n    vblank = no", "    vblank", "components.vopb.vblank", "'no'", "on, off" },
        { "name = rockchip", "name = rockchip\n  model = rk", "  model", "driver.model", "'rk'", "rockchip, vkms, virtual" },
        { "max-height = 4096", "max-height = 4096\n  cursor-width = 0", "  cursor-width", "mode-config.cursor-width", "'0'", "from 1 to 4096" },
        { "edid = builtin", "edid = none\n      modes = [big]", "      modes", "components.hdmi.connector.modes", "'big'", "1920x1080@60" },
        { "edid = builtin", "edid = none\n      modes = [\"1920x1080i@60\"]", "      modes", "components.hdmi.connector.modes", "'1920x1080i@60'", "1920x1080@60" },
        { "edid = builtin", "edid = none\n      min-bpc = 10\n      max-bpc = 8", "      max-bpc", "components.hdmi.connector.max-bpc", "'8'", "from 10 to 16" },
        { "edid = builtin", "edid = none\n      panel-orientation = upside", "      panel-orientation", "components.hdmi.connector.panel-orientation", "'upside'", "upside-down" },
        { "edid = builtin", "edid = none\n      subconnector = dvi", "      subconnector", "components.hdmi.connector.subconnector", "'dvi'", "dvi-d" },
        { "yuv-starts-even = on", "yuv-start-even = on", "  yuv-start-even", "limits.yuv-start-even", "an unknown key", "did you mean yuv-starts-even?" },
        { "yuv-starts-even = on", "planes-per-crtc = 0", "  planes-per-crtc", "limits.planes-per-crtc", "'0'", "from 1 to 64" },
        { "yuv-starts-even = on", "memory-bandwidth = fast", "  memory-bandwidth", "limits.memory-bandwidth", "'fast'", "bytes as" },
        { "yuv-starts-even = on", "cursor-sizes = [64]", "  cursor-sizes", "limits.cursor-sizes", "'64'", "pixels as 64x64" },
        { "yuv-starts-even = on", "min-cursor = 0x64", "  min-cursor", "limits.min-cursor", "'0x64'", "pixels as 64x64" },
        { "yuv-starts-even = on", "max-downscale = 300", "  max-downscale", "limits.max-downscale", "'300'", "a number from 1 to 256" },
        { "yuv-starts-even = on", "planes-per-format { NV13 = 1 }", "  planes-per-format", "limits.planes-per-format.NV13", "an unknown key", "did you mean NV12?" },
        { "yuv-starts-even = on", "same-scaling = maybe", "  same-scaling", "limits.same-scaling", "'maybe'", "on, off" },
        { "max-pixel-clock = 594000", "max-pixel-clock = 594MHz", "    max-pixel-clock", "components.hdmi.max-pixel-clock", "'594MHz'", "a whole number" },
        { "possible-crtcs = [vopb, vopl]", "possible-crtcs = [vopb, edp]", "    possible-crtcs", "components.hdmi.possible-crtcs", "'edp'", "vopb, vopl" },
        { "status = connected", "status = conected", "      status", "components.hdmi.connector.status", "'conected'", "did you mean connected?" },
        { "edid = builtin", "edid = buildin", "      edid", "components.hdmi.connector.edid", "'buildin'", "builtin, none, or a file" },
        { "edid = builtin", "edit = builtin", "      edit", "components.hdmi.connector.edit", "an unknown key", "did you mean edid?" },
    };

    [Theory]
    [MemberData(nameof(Breakages))]
    public void Broken_file_should_tell_file_line_key_found_and_allowed(string was, string becomes, string line, string key, string found, string allowed)
    {
        var at = Whole.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the board file no longer has '{was}'");
        var text = Whole[..at] + becomes + Whole[(at + was.Length)..];

        var broken = Assert.Throws<BoardException>(() => BoardLoader.Parse(text, "some/board.conf"));

        Assert.Equal(("some/board.conf", key), (broken.File, broken.Key));
        Assert.Equal(LineOf(text, line), broken.Line);
        Assert.Contains(found, broken.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, broken.Allowed, StringComparison.Ordinal);
        Assert.Equal($"some/board.conf:{broken.Line}: {key}: found {broken.Found}; allowed: {broken.Allowed}", broken.Message);
    }

    [Fact]
    public void A_board_without_screens_should_need_no_components()
    {
        Assert.Empty(BoardLoader.Load("vgem").Components);
        var text = File.ReadAllText(ConfigFiles.Find("boards/vgem.conf")!).Replace("[gem, prime, render, vgem-fences]", "[gem, modeset]", StringComparison.Ordinal);
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Parse(text, "vgem.conf"));
        Assert.Contains("0 components of the kind vop", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device = {", 6)]
    [InlineData("device = [a", 6)]
    [InlineData("= x", 6)]
    public void Text_that_is_no_hocon_should_tell_the_line(string becomes, int line)
    {
        var text = Whole.Replace("device = \"display-subsystem\"", becomes, StringComparison.Ordinal);
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Parse(text, "board.conf"));
        Assert.True(broken.Line >= line, broken.Message);
        Assert.Equal("HOCON", broken.Allowed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("{}")]
    public void Empty_text_should_lack_its_components(string text)
    {
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Parse(text, "board.conf"));
        Assert.Equal(("components", "no such key"), (broken.Key, broken.Found));
    }

    [Fact]
    public void Board_without_a_vop_should_be_refused()
    {
        var text = Whole.Replace("kind = vop", "kind = hdmi", StringComparison.Ordinal);
        var broken = Assert.Throws<BoardException>(() => BoardLoader.Parse(text, "board.conf"));
        Assert.Equal("0 components of the kind vop", broken.Found);
    }

    private static int LineOf(string text, string begins)
    {
        var (nth, wanted) = begins[0] == '@' ? (begins[1] - '0', begins[2..]) : (1, begins);
        var lines = text.Split('\n').Select((line, i) => (Line: line, Number: i + 1)).Where(l => l.Line.StartsWith(wanted, StringComparison.Ordinal));
        return lines.ElementAt(nth - 1).Number;
    }
}
