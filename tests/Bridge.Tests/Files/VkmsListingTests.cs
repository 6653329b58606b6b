using System.Text;

namespace DrmActors.Bridge.Tests.Files;

/// <summary>The files of a vkms board against those of Linux 6.1's, before anything was lit.</summary>
public sealed class VkmsListingTests
{
    private const string Debug = "/sys/kernel/debug/dri/0";
    private const string Off = "\tself_refresh_active=0\n\tplanes_changed=0\n\tmode_changed=0\n\tactive_changed=0\n\tconnectors_changed=0\n\tcolor_mgmt_changed=0\n";

    [Fact]
    public async Task Debugfs_should_read_as_the_kernel_s()
    {
        await using var files = await ServedFilesTests.Opened.StartAsync("vkms");
        Assert.Equal("vkms dev=vkms unique=vkms\n", files.Read($"{Debug}/name"));
        Assert.Equal("             command   pid dev master a   uid      magic\n", files.Read($"{Debug}/clients"));
        Assert.Equal("", files.Read($"{Debug}/framebuffer"));
        Assert.Equal("  name     size handles refcount\n", files.Read($"{Debug}/gem_names"));
        Assert.Equal("", files.Read($"{Debug}/internal_clients"));
        Assert.Equal("writeback=1\ncursor=1\noverlay=1\n", files.Read($"{Debug}/vkms_config"));
        Assert.Equal("unspecified\n", files.Read($"{Debug}/Virtual-1/force"));
        Assert.Equal(DarkState(), files.Read($"{Debug}/state"));
    }

    [Fact]
    public async Task Sysfs_should_read_as_the_kernel_s()
    {
        const string card = "/sys/devices/platform/vkms/drm/card0";
        await using var files = await ServedFilesTests.Opened.StartAsync("vkms");
        foreach (var connector in (string[])["Virtual-1", "Writeback-1"])
        {
            var values = ((string[])["status", "enabled", "dpms", "modes", "edid", "uevent"]).Select(name => files.Read($"{card}/card0-{connector}/{name}"));
            Assert.Equal(["unknown\n", "disabled\n", "On\n", "", "", "DEVTYPE=drm_connector\n"], values);
        }

        Assert.Equal("226:0\n", files.Read($"{card}/dev"));
        Assert.Equal("drm 1.1.0 20060810\n", files.Read("/sys/class/drm/version"));
        Assert.Equal("(null)\n", files.Read("/sys/devices/platform/vkms/driver_override"));
        Assert.Equal("MODALIAS=platform:vkms\n", files.Read("/sys/devices/platform/vkms/uevent"));
    }

    [Fact]
    public async Task Tree_should_have_the_kernel_s_entries()
    {
        await using var files = await ServedFilesTests.Opened.StartAsync("vkms");
        string[] power =
        [
            "power", "power/async", "power/autosuspend_delay_ms", "power/control", "power/runtime_active_kids", "power/runtime_active_time",
            "power/runtime_enabled", "power/runtime_status", "power/runtime_suspended_time", "power/runtime_usage",
        ];
        string[] connector = ["device", "dpms", "edid", "enabled", "modes", "status", "subsystem", "uevent", .. power];
        string[] card = ["dev", "device", "subsystem", "uevent", .. power];
        string[] device = ["driver_override", "drm", "modalias", "subsystem", "uevent", "drm/controlD64", .. power];
        AssertEntries(
            files.Root + "/sys/devices/platform/vkms",
            [.. device, .. Under("drm/card0", card), .. Under("drm/card0/card0-Virtual-1", connector), .. Under("drm/card0/card0-Writeback-1", connector)]);
        AssertEntries(files.Root + "/sys/class/drm", ["card0", "card0-Virtual-1", "card0-Writeback-1", "version"]);
        string[] debug = ["edid_override", "force", "output_bpc", "vrr_range"];
        AssertEntries(
            files.Root + Debug,
            ["clients", "framebuffer", "gem_names", "internal_clients", "name", "state", "vkms_config", .. Under("crtc-0", ["crc", "crc/control", "crc/data"]),
                .. Under("Virtual-1", debug), .. Under("Writeback-1", debug)]);
    }

    private static IEnumerable<string> Under(string folder, string[] names) => names.Select(name => $"{folder}/{name}").Prepend(folder);

    private static void AssertEntries(string folder, string[] expected)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(folder));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

        // Links lead around in circles.
        void Collect(DirectoryInfo from)
        {
            foreach (var entry in from.EnumerateFileSystemInfos())
            {
                found.Add(Path.GetRelativePath(folder, entry.FullName));
                if (entry is DirectoryInfo { LinkTarget: null } inner)
                    Collect(inner);
            }
        }
    }

    private static string DarkState()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10; i++)
            text.Append($"plane[{31 + 2 * i}]: plane-{i}\n\tcrtc=(null)\n\tfb=0\n\tcrtc-pos=0x0+0+0\n\tsrc-pos=0.000000x0.000000+0.000000+0.000000\n"
                + "\trotation=1\n\tnormalized-zpos=0\n\tcolor-encoding=ITU-R BT.601 YCbCr\n\tcolor-range=YCbCr limited range\n");
        text.Append($"crtc[51]: crtc-0\n\tenable=0\n\tactive=0\n{Off}\tplane_mask=0\n\tconnector_mask=0\n\tencoder_mask=0\n\tmode: \"\": 0 0 0 0 0 0 0 0 0 0 0x0 0x0\n");
        foreach (var connector in (string[])["connector[52]: Virtual-1", "connector[59]: Writeback-1"])
            text.Append($"{connector}\n\tcrtc=(null)\n\tself_refresh_aware=0\n\tmax_requested_bpc=0\n");
        return text.ToString();
    }
}
