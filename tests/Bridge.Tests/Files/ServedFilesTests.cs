using System.Text;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Uevents;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Files;

/// <summary>What stands in the files, opened as the library opens them.</summary>
public sealed class ServedFilesTests
{
    private const string Hdmi = "/sys/devices/platform/display-subsystem/drm/card0/card0-HDMI-A-1";
    private const string Debug = "/sys/kernel/debug/dri/0";

    [Fact]
    public async Task Device_should_tell_the_bus_that_it_comes_from()
    {
        await using var files = await Opened.StartAsync();
        Assert.Equal(
            """
            DRIVER=rockchip-drm
            OF_NAME=display-subsystem
            OF_FULLNAME=/display-subsystem
            OF_COMPATIBLE_0=rockchip,display-subsystem
            OF_COMPATIBLE_N=1
            MODALIAS=of:Ndisplay-subsystemT(null)Crockchip,display-subsystem

            """,
            files.Read("/sys/devices/platform/display-subsystem/uevent"));
        Assert.Equal("MAJOR=226\nMINOR=0\nDEVNAME=dri/card0\nDEVTYPE=drm_minor\n", files.Read("/sys/devices/platform/display-subsystem/drm/card0/uevent"));
    }

    [Fact]
    public async Task Connector_should_show_its_present_monitor()
    {
        await using var files = await Opened.StartAsync();
        Assert.Equal("connected\n", files.Read($"{Hdmi}/status"));
        Assert.Contains("1920x1080\n", files.Read($"{Hdmi}/modes"), StringComparison.Ordinal);
        Assert.Equal("\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0", files.Read($"{Hdmi}/edid")[..8]);
        Assert.Equal("unspecified\n", files.Read($"{Debug}/HDMI-A-1/force"));

        Assert.Equal(3, await files.WriteAsync($"{Hdmi}/status", "off"));
        Assert.Equal("disconnected\n", files.Read($"{Hdmi}/status"));
        Assert.Equal("", files.Read($"{Hdmi}/modes"));
        Assert.Equal("", files.Read($"{Hdmi}/edid"));
        Assert.Equal("off\n", files.Read($"{Debug}/HDMI-A-1/force"));
        Assert.Equal(Errno.ENODEV, files.Open($"{Debug}/HDMI-A-1/output_bpc", 0).Errno);

        Assert.Equal(7, await files.WriteAsync($"{Hdmi}/status", "detect\n"));
        Assert.Equal("connected\n", files.Read($"{Hdmi}/status"));
        Assert.Equal("Maximum: 0\n", files.Read($"{Debug}/HDMI-A-1/output_bpc").Replace('8', '0'));
    }

    [Fact]
    public async Task Connector_should_be_connected_by_hand()
    {
        const string edp = "/sys/devices/platform/display-subsystem/drm/card0/card0-eDP-1";
        await using var files = await Opened.StartAsync();
        Assert.Equal("", files.Read($"{edp}/modes"));
        Assert.Equal(3, await files.WriteAsync($"{edp}/status", "on\n"));
        Assert.Equal("connected\n", files.Read($"{edp}/status"));
        Assert.Contains("1024x768\n", files.Read($"{edp}/modes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_should_hold_from_the_next_time_that_somebody_looks()
    {
        await using var files = await Opened.StartAsync();
        await using var card = await files.Host.OpenAsync();
        var edp = (await files.Host.FindConnectorAsync(0, "eDP-1"))!.Value;
        foreach (var (word, status) in new[] { ("on", ConnectorStatus.Connected), ("digital\n", ConnectorStatus.Connected), ("unspecified", ConnectorStatus.Disconnected) })
        {
            var before = (await card.GetConnectorAsync(edp, probe: false)).Status;
            Assert.Equal(word.Length, await files.WriteAsync($"{Debug}/eDP-1/force", word));
            Assert.Equal(word.TrimEnd('\n') + "\n", files.Read($"{Debug}/eDP-1/force"));
            Assert.Equal(before, (await card.GetConnectorAsync(edp, probe: false)).Status);
            Assert.Equal(status, (await card.GetConnectorAsync(edp)).Status);
        }

        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync($"{Debug}/eDP-1/force", "perhaps"));
    }

    [Fact]
    public async Task Override_should_stand_in_place_of_what_the_monitor_says()
    {
        await using var files = await Opened.StartAsync();
        await using var card = await files.Host.OpenAsync();
        var (hdmi, edp) = ((await files.Host.FindConnectorAsync(0, "HDMI-A-1"))!.Value, (await files.Host.FindConnectorAsync(0, "eDP-1"))!.Value);
        var edid = files.Read($"{Hdmi}/edid");
        const string Override = $"{Debug}/eDP-1/edid_override";
        Assert.Equal("", files.Read(Override));
        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync(Override, edid[..127]));
        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync(Override, edid[..126] + "\u0007\0"));
        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync(Override, "reset\n"));

        // The property says it at once, the modes come with the next look, and a status it does not make.
        Assert.Equal(edid.Length, await files.WriteAsync(Override, edid));
        Assert.Equal(edid, files.Read(Override));
        Assert.Equal(edid, files.Read("/sys/devices/platform/display-subsystem/drm/card0/card0-eDP-1/edid"));
        Assert.Empty((await card.GetConnectorAsync(edp)).Modes);
        await files.WriteAsync($"{Debug}/eDP-1/force", "on");
        Assert.Equal((await card.GetConnectorAsync(hdmi)).Modes[0].Name, (await card.GetConnectorAsync(edp)).Modes[0].Name);

        Assert.Equal(5, await files.WriteAsync(Override, "reset"));
        Assert.Equal("", files.Read(Override));
        Assert.Equal("", files.Read("/sys/devices/platform/display-subsystem/drm/card0/card0-eDP-1/edid"));
        Assert.Equal("1024x768", (await card.GetConnectorAsync(edp)).Modes[0].Name);
    }

    [Fact]
    public async Task Override_should_be_refused_where_no_property_tells_it()
    {
        await using var files = await Opened.StartAsync("vkms");
        var monitor = new string('\0', 128);
        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync($"{Debug}/Virtual-1/edid_override", monitor));
        Assert.Equal(-(int)Errno.EINVAL, await files.WriteAsync($"{Debug}/Virtual-1/edid_override", "reset"));
    }

    [Theory]
    [InlineData($"{Hdmi}/status", "maybe", Errno.EINVAL)]
    [InlineData($"{Hdmi}/power/control", "on", Errno.EOPNOTSUPP)]
    [InlineData($"{Hdmi}/power/autosuspend_delay_ms", "1", Errno.EIO)]
    [InlineData($"{Debug}/crtc-0/crc/control", "elsewhere", Errno.EINVAL)]
    public async Task Writing_should_say_what_is_not_done(string path, string text, Errno errno)
    {
        await using var files = await Opened.StartAsync();
        Assert.Equal(-(int)errno, await files.WriteAsync(path, text));
    }

    [Theory]
    [InlineData("/sys/class/drm/none", 0, Errno.ENOENT)]
    [InlineData($"{Hdmi}/modes", 1, Errno.EACCES)]
    [InlineData($"{Hdmi}/modes", 0x10000, Errno.ENOTDIR)]
    [InlineData($"{Hdmi}/modes", 0xc0, Errno.EEXIST)]
    [InlineData($"{Hdmi}/power/autosuspend_delay_ms", 0, Errno.EIO)]
    public async Task Opening_should_fail_as_in_the_kernel(string path, int flags, Errno errno)
    {
        await using var files = await Opened.StartAsync();
        Assert.Equal(errno, files.Open(path, flags).Errno);
    }

    [Fact]
    public async Task Clients_should_be_the_open_files()
    {
        await using var files = await Opened.StartAsync();
        const string head = "             command   pid dev master a   uid      magic\n";
        Assert.Equal(head, files.Read($"{Debug}/clients"));

        await using var first = await files.Host.OpenAsync(client: new DrmClient(1, 0));
        await using var second = await files.Host.OpenAsync(client: new DrmClient(1, 1000));
        var magic = await second.GetMagicAsync();
        var command = (await File.ReadAllTextAsync("/proc/1/comm")).TrimEnd('\n');
        Assert.Equal(
            $"{head}{command,20}     1   0   y    y     0          0\n{command,20}     1   0   n    n  1000 {magic,10}\n",
            files.Read($"{Debug}/clients"));

        await second.DisposeAsync();
        Assert.Equal(2, files.Read($"{Debug}/clients").Count(c => c == '\n'));
    }

    [Fact]
    public async Task State_should_show_what_is_lit()
    {
        await using var files = await Opened.StartAsync();
        var state = files.Read($"{Debug}/state");
        Assert.Contains("plane[", state, StringComparison.Ordinal);
        Assert.Contains("\tcrtc=crtc-0\n\tfb=", state, StringComparison.Ordinal);
        Assert.Contains("\t\tallocated by = [fbcon]\n\t\trefcount=2\n\t\tformat=XR24 little-endian (0x34325258)\n\t\tmodifier=0x0\n\t\tsize=1920x1080\n", state, StringComparison.Ordinal);
        Assert.Contains("\tcrtc-pos=1920x1080+0+0\n\tsrc-pos=1920.000000x1080.000000+0.000000+0.000000\n\trotation=1\n", state, StringComparison.Ordinal);
        Assert.Contains(": crtc-0\n\tenable=1\n\tactive=1\n", state, StringComparison.Ordinal);
        Assert.Contains("\tmode: \"1920x1080\": 60 148500 1920 2008 2052 2200 1080 1084 1089 1125 0x", state, StringComparison.Ordinal);
        Assert.Contains("]: HDMI-A-1\n\tcrtc=crtc-0\n", state, StringComparison.Ordinal);
        Assert.Contains("]: eDP-1\n\tcrtc=(null)\n", state, StringComparison.Ordinal);
        Assert.Equal("fbdev\n", files.Read($"{Debug}/internal_clients"));
        Assert.StartsWith("framebuffer[", files.Read($"{Debug}/framebuffer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_should_tell_the_master_s_bus_id()
    {
        await using var files = await Opened.StartAsync();
        Assert.Equal("rockchip dev=display-subsystem unique=display-subsystem\n", files.Read($"{Debug}/name"));
        await using var card = await files.Host.OpenAsync();
        await card.SetInterfaceVersionAsync(new SetVersion(1, 4, -1, -1));
        Assert.Equal("rockchip dev=display-subsystem master=display-subsystem unique=display-subsystem\n", files.Read($"{Debug}/name"));
    }

    [Fact]
    public async Task Gem_names_should_tell_who_holds_what_has_a_name()
    {
        await using var files = await Opened.StartAsync();
        const string head = "  name     size handles refcount\n";
        Assert.Equal(head, files.Read($"{Debug}/gem_names"));
        await using var card = await files.Host.OpenAsync();
        var (first, second) = (await card.CreateDumbAsync(64, 64), await card.CreateDumbAsync(64, 128));
        await card.CreateDumbAsync(64, 64);
        await card.CallAsync(new GemFlink(first.Handle));
        var name = (await card.CallAsync(new GemFlink(second.Handle))).Value!.Name;
        await card.CallAsync(new GemOpen(name));
        var descriptor = await card.PrimeHandleToFdAsync(second.Handle);
        Assert.Equal(head + "     1    16384       1        1\n     2    32768       2        3\n", files.Read($"{Debug}/gem_names"));

        files.Host.Close(descriptor);
        await card.GemCloseAsync(first.Handle);
        Assert.Equal(head + "     2    32768       2        3\n", files.Read($"{Debug}/gem_names"));
    }

    [Fact]
    public async Task Udev_s_data_should_be_what_systemd_would_write()
    {
        await using var files = await Opened.StartAsync();
        var lines = files.Read("/run/udev/data/c226:0").Split('\n');
        Assert.Equal("S:dri/by-path/platform-display-subsystem-card", lines[0]);
        Assert.StartsWith("I:", lines[1], StringComparison.Ordinal);
        Assert.True(long.Parse(lines[1][2..], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(
            ["E:ID_PATH=platform-display-subsystem", "E:ID_PATH_TAG=platform-display-subsystem", "E:ID_FOR_SEAT=drm-platform-display-subsystem",
                "E:ID_SEAT=seat0", "G:master-of-seat", "G:seat", "G:uaccess", "Q:master-of-seat", "Q:seat", "Q:uaccess", "V:1", ""],
            lines[2..]);
    }

    [Fact]
    public async Task Two_boards_of_a_kind_should_have_two_names()
    {
        var second = Path.Combine(Directory.CreateTempSubdirectory("drm-").FullName, "second.conf");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "config", "boards", "rk3399.conf"), second);
        await using var files = await Opened.StartAsync("rk3399", second);
        Directory.Delete(Path.GetDirectoryName(second)!, recursive: true);
        Assert.Equal("226:1\n", files.Read("/sys/devices/platform/display-subsystem.1/drm/card1/dev"));
        Assert.Contains("DEVNAME=dri/card1", files.Read("/sys/devices/platform/display-subsystem.1/drm/card1/uevent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_should_go_with_its_files_and_never_take_another_s_place()
    {
        var folder = Directory.CreateTempSubdirectory("drm-");
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, ArenaSize = 64L << 20 });
        var root = Path.Combine(folder.FullName, "root");
        using var poller = new Poller();
        var monitors = new UeventMonitors(poller);
        using (new ServedFiles(host, root, monitors))
            Assert.True(File.Exists(Path.Combine(root, "dev/dri/card0")));
        Assert.False(Directory.Exists(root));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "theirs"), "");
        Assert.Throws<IOException>(() => new ServedFiles(host, folder.FullName, monitors));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "theirs")));
        folder.Delete(recursive: true);
    }

    /// <summary>The files of a host, without a bridge.</summary>
    internal sealed class Opened : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-");
        private readonly ServedFiles _files;
        private readonly Poller _poller = new();

        private Opened(DrmHost host)
        {
            Host = host;
            _files = new ServedFiles(host, Root, new UeventMonitors(_poller));
        }

        public DrmHost Host { get; }

        public string Root => Path.Combine(_folder.FullName, "root");

        public static async Task<Opened> StartAsync(params string[] boards)
        {
            var options = new DrmHostOptions { Time = TimeMode.Virtual, ArenaSize = 64L << 20 };
            foreach (var board in boards.DefaultIfEmpty("rk3399"))
                options.Boards.Add(board);
            return new Opened(await DrmHost.StartAsync(options));
        }

        public ServedFile Open(string path, int flags)
        {
            var opened = new TaskCompletionSource<ServedFile>(TaskCreationOptions.RunContinuationsAsynchronously);
            _files.Open(path, flags, opened.SetResult);
            Assert.True(opened.Task.Wait(Patience));
            return opened.Task.Result;
        }

        public string Read(string path)
        {
            var file = Open(path, 0);
            Assert.Equal(Errno.None, file.Errno);
            return Encoding.Latin1.GetString(file.Content.Span);
        }

        /// <summary>What write(2) returns, or an errno negative.</summary>
        public async Task<int> WriteAsync(string path, string text)
        {
            var written = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            Open(path, 1).Write!(Encoding.Latin1.GetBytes(text), written.SetResult);
            return await written.Task.WaitAsync(Patience);
        }

        public async ValueTask DisposeAsync()
        {
            _files.Dispose();
            _poller.Dispose();
            await Host.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
