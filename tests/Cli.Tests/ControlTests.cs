using System.Text.RegularExpressions;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>What is done to boards from outside while programs use them: <c>drm ctl</c> and scenarios.</summary>
public sealed partial class ControlTests(Programs programs) : IClassFixture<Programs>
{
    private const string Hdmi = "/sys/class/drm/card0-HDMI-A-1";

    private string Socket => Path.Combine(programs.Folder, "control");

    [Fact]
    public void Programs_should_see_what_ctl_does_to_their_monitors()
    {
        using var server = new Server(Socket);

        Assert.Contains("HDMI-A-1      connected     1920x1080@60", Ctl("connectors"));
        Assert.Equal("", Ctl("unplug", "HDMI-A-1"));
        Assert.Equal("disconnected\n", Seen(server, "status"));
        Assert.Equal("", Ctl("hotplug", "HDMI-A-1", "--modes", "1024x768@75", "640x480"));
        Assert.Equal("connected\n", Seen(server, "status"));
        Assert.Equal("1024x768\n640x480\n", Seen(server, "modes"));
        var edid = Path.Combine(AppContext.BaseDirectory, "edid", "lg-oled-c9-hdmi.bin");
        Assert.Equal("", Ctl("hotplug", "HDMI-A-1", "--edid", edid));
        Assert.StartsWith("3840x2160\n", Seen(server, "modes"));
        Assert.Equal("DP-1\n", Ctl("add-connector", "HDMI-A-1", "--edid", edid));
        Assert.Equal("card0\ncard0-DP-1\ncard0-DSI-1\ncard0-HDMI-A-1\ncard0-eDP-1\nversion\n", Output(server, "env", "LC_ALL=C", "ls", "/sys/class/drm"));
        Assert.Equal("connected\n", Output(server, "cat", "/sys/class/drm/card0-DP-1/status"));
        Assert.Contains("DP-1", Output(server, "modetest", "-M", "rockchip", "-c"));
        Assert.Equal("", Ctl("remove-connector", "DP-1"));
        Assert.Equal("card0\ncard0-DSI-1\ncard0-HDMI-A-1\ncard0-eDP-1\nversion\n", Output(server, "env", "LC_ALL=C", "ls", "/sys/class/drm"));
        Assert.Equal("", Ctl("link", "HDMI-A-1", "bad"));
        Assert.Equal("", Ctl("fail-commit", "EIO", "--nth", "2", "--times", "3"));
        Assert.Equal("", Ctl("hold-flip", "1", "--times", "2"));
        Assert.Equal("", Ctl("late-vblank", "0", "1.5"));
        Assert.Equal("", Ctl("unplug-at-flip", "HDMI-A-1"));
        Assert.Equal("", Ctl("fail", "DRM_IOCTL_MODE_ATOMIC", "EBUSY", "--probability", "0.5", "--times", "0"));
        Assert.Equal("", Ctl("clear-faults"));
        Assert.Equal("", Ctl("pull-board", "rk3399"));
        Assert.Equal("", Ctl("connectors"));
        Assert.Equal("", Output(server, "ls", "/dev/dri"));
        Assert.Equal("version\n", Output(server, "ls", "/sys/class/drm"));
        Assert.Equal("card0\n", Ctl("put-board", "rk3399"));
        Assert.Equal("by-path\ncard0\n", Output(server, "ls", "/dev/dri"));
        Assert.Equal("connected\n", Seen(server, "status"));
        Assert.Contains("HDMI-A-1", Output(server, "modetest", "-M", "rockchip", "-c"));
        Assert.Equal(0, server.End("TERM"));
    }

    [Fact]
    public void A_wrong_word_should_be_told_and_allowed_ones_with_it()
    {
        using var server = new Server(Socket);
        foreach (var (message, words) in ((string, string[])[])
        [
            ("connector: found VGA-1; allowed: HDMI-A-1, eDP-1, DSI-1", ["hotplug", "VGA-1"]),
            ("modes: found big; allowed: WIDTHxHEIGHT", ["hotplug", "HDMI-A-1", "--modes", "big"]),
            ("ioctl: found MODE_X; allowed: a name of drm.h", ["fail", "MODE_X", "EBUSY"]),
            ("errno: found EWHAT; allowed: EPERM, ENOENT", ["fail", "MODE_SETCRTC", "EWHAT"]),
            ("crtc: found 2; allowed: 0 to 1", ["hold-flip", "2"]),
            ("crtc: found 1, which is dark; allowed: one that shows a picture", ["capture", "1", "dark.png"]),
            ("file: found /nowhere/screen.png (", ["capture", "0", "/nowhere/screen.png"]),
            ("nth, times: found 0, 1; allowed: from 1", ["fail-commit", "EIO", "--nth", "0"]),
            ("milliseconds: found -1; allowed: 0 to an hour", ["late-vblank", "0", "--", "-1"]),
            ("board: found vkms; allowed: rk3399", ["pull-board", "vkms"]),
            ("'ugly' not recognized", ["link", "HDMI-A-1", "ugly"]),
            ("Required argument missing", ["unplug"]),
            ("Could not find file", ["hotplug", "HDMI-A-1", "--edid", "nofile"]),
        ])
        {
            var (code, output, error) = DrmProgram(["ctl", "--socket", Socket, .. words]);
            Assert.Equal("", output);
            Assert.Contains(message, error);
            Assert.NotEqual(0, code);
        }
    }

    [Fact]
    public void A_program_should_meet_what_the_scenario_says()
    {
        var file = Path.Combine(programs.Folder, "scenario");
        File.WriteAllText(file, "0s  unplug HDMI-A-1   # goes\n\n10ms hotplug HDMI-A-1 --modes 800x600\n20ms unplug VGA-1\n");

        // It waits for what has to come; were it not to come, the test would not end.
        var wait = $"until [ \"$(cat {Hdmi}/modes)\" = 800x600 ]; do :; done; exec cat {Hdmi}/status";
        var (code, output, error) = DrmProgram("run", "--allow-unused", "--scenario", file, "--", "sh", "-c", wait);

        Assert.Equal((0, "connected\n"), (code, output));
        Assert.True(error.Length == 0 || error.Contains($"{file}:3: connector: found VGA-1") || error.Contains($"{file}:4: connector: found VGA-1"), error);
    }

    [Theory]
    [InlineData("5x unplug HDMI-A-1", ":1: found 5x; allowed: a time, as 500ms, 2s or 1.5m")]
    [InlineData("# fine\n5s unplog HDMI-A-1", ":2: found unplog HDMI-A-1")]
    [InlineData("5s", ":1: found ")]
    [InlineData("5s hotplug HDMI-A-1 --edid nofile", "nofile")]
    public void A_scenario_that_cannot_be_should_be_refused_before_anything_runs(string text, string message)
    {
        var file = Path.Combine(programs.Folder, "broken");
        File.WriteAllText(file, text);
        var (code, _, error) = DrmProgram("run", "--scenario", file, "--", "touch", Path.Combine(programs.Folder, "ran"));
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.False(File.Exists(Path.Combine(programs.Folder, "ran")));
    }

    [Fact]
    public void The_page_about_it_should_be_true()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "while-it-runs.md"));
        var told = TableRow().Matches(page).SelectMany(m => m.Groups["words"].Value.Split("`, `")).Select(w => w.Split(' ')[0]).Where(w => w[0] != '/').Order();
        var help = DrmProgram("ctl", "--help").Output;
        var known = HelpRow().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups["word"].Value);
        Assert.Equal(known.Where(w => w != "connectors").Order(), told);

        File.Copy(Path.Combine(AppContext.BaseDirectory, "edid", "lg-oled-c9-hdmi.bin"), Path.Combine(programs.Folder, "monitor.bin"), overwrite: true);
        using (var server = new Server(Socket))
            foreach (var line in page.Split("```sh\n")[1].Split("```")[0].Split('\n').Where(l => l.StartsWith("./drm ctl ", StringComparison.Ordinal)))
            {
                var words = line.Split('#')[0].Replace("monitor.bin", Path.Combine(programs.Folder, "monitor.bin")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
                Ctl(words);
            }

        var storm = Path.Combine(programs.Folder, "storm.txt");
        File.WriteAllText(storm, page.Split("```\n# a monitor")[1].Split("```")[0].Insert(0, "# a monitor"));
        Assert.Equal((0, "", ""), DrmProgram("run", "--allow-unused", "--scenario", storm, "--", "true"));
    }

    [GeneratedRegex(@"^\| `(?<words>[^|]*(\\\|[^|]*)*)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^  (?<word>[a-z-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpRow();

    private static string Seen(Server server, string file) => Output(server, "cat", $"{Hdmi}/{file}");

    private static string Output(Server server, string program, params string[] arguments)
    {
        using var client = server.Start(program, arguments);
        var text = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return text;
    }

    private string Ctl(params string[] words)
    {
        var (code, output, error) = DrmProgram(["ctl", "--socket", Socket, .. words]);
        Assert.Equal((0, ""), (code, error));
        return output;
    }
}
