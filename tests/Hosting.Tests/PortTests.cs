using System.Text;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Connectors that come and go at run time.</summary>
public sealed class PortTests : HostTest
{
    [Fact]
    public async Task A_connector_that_came_should_be_as_any_other_and_go_when_it_is_dark()
    {
        await using var card = await OpenAsync();
        var before = await card.GetResourcesAsync();
        var hdmi = before.Connectors[0];
        var port = await Host.AddConnectorAsync(0, hdmi, Monitor);

        Assert.Equal(before.Connectors.Add(port).AsEnumerable(), (await card.GetResourcesAsync()).Connectors);
        Assert.Equal("DP-1", (await Host.ConnectorNamesAsync(0))[^1]);
        Assert.Equal($"mst:{hdmi.Value}-1\0", await PathAsync(card, port));
        var found = await card.GetConnectorAsync(port);
        Assert.Equal((ConnectorStatus.Connected, ConnectorType.DisplayPort), (found.Status, found.Type));
        var mode = found.Modes[0];
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
        await card.SetCrtcAsync(before.Crtcs[0], default, 0, 0, [], null);
        await card.SetCrtcAsync(before.Crtcs[0], framebuffer, port, mode);

        await Host.RemoveConnectorAsync(0, port);
        Assert.Equal(ConnectorStatus.Disconnected, (await card.GetConnectorAsync(port)).Status);
        Assert.Contains(port, (await card.GetResourcesAsync()).Connectors);
        await RefusedAsync(Errno.EINVAL, () => Host.RemoveConnectorAsync(0, port));
        await card.PageFlipAsync(before.Crtcs[0], framebuffer);
        await Soon(card.NextEventAsync());

        await card.SetCrtcAsync(before.Crtcs[0], default, 0, 0, [], null);
        await RefusedAsync(Errno.ENOENT, () => card.GetConnectorAsync(port));
        Assert.Equal(before.Connectors.AsEnumerable(), (await card.GetResourcesAsync()).Connectors);
        await RefusedAsync(Errno.ENOENT, () => Host.RemoveConnectorAsync(0, port));
    }

    [Fact]
    public async Task A_port_that_is_gone_should_not_be_lit_again()
    {
        await using var card = await OpenAsync();
        var all = await card.GetResourcesAsync();
        var port = await Host.AddConnectorAsync(0, all.Connectors[0], Monitor);
        var mode = (await card.GetConnectorAsync(port)).Modes[0];
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
        await card.SetCrtcAsync(all.Crtcs[0], default, 0, 0, [], null);
        await card.SetCrtcAsync(all.Crtcs[0], framebuffer, port, mode);
        await Host.RemoveConnectorAsync(0, port);
        // It may stay where it is, but not move to another CRTC.
        await RefusedAsync(Errno.EINVAL, () => card.SetCrtcAsync(all.Crtcs[1], framebuffer, port, mode));
    }

    [Fact]
    public async Task Ports_should_come_and_go_many_times_and_leave_nothing()
    {
        await using var card = await OpenAsync();
        var all = await card.GetResourcesAsync();
        var seen = new HashSet<ConnectorId>();
        for (var i = 0; i < 50; i++)
        {
            var (first, second) = (await Host.AddConnectorAsync(0, all.Connectors[0], Monitor), await Host.AddConnectorAsync(0, all.Connectors[0], default));
            Assert.True(seen.Add(first) && seen.Add(second));
            Assert.Equal(["DP-1", "DP-2"], (await Host.ConnectorNamesAsync(0)).Skip(all.Connectors.Length));
            await Host.RemoveConnectorAsync(0, first);
            await Host.RemoveConnectorAsync(0, second);
        }

        Assert.Equal(all.Connectors.AsEnumerable(), (await card.GetResourcesAsync()).Connectors);
        await RefusedAsync(Errno.EINVAL, () => Host.RemoveConnectorAsync(0, all.Connectors[0]));
        await RefusedAsync(Errno.ENOENT, () => Host.AddConnectorAsync(0, new ConnectorId(4711), default));
        await RefusedAsync(Errno.ENODEV, () => Host.AddConnectorAsync(7, all.Connectors[0], default));
    }

    private static byte[] Monitor => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "edid", "lg-oled-c9-hdmi.bin"));

    private static async Task<string> PathAsync(DrmCard card, ConnectorId connector)
    {
        var values = (await card.CallAsync(new ModeObjGetProperties(connector.Value, ObjectType.Connector))).Value!.Properties;
        foreach (var (property, value) in values)
            if ((await card.CallAsync(new ModeGetProperty(property))).Value!.Name == "PATH")
                return Encoding.ASCII.GetString((await card.CallAsync(new ModeGetPropBlob(new BlobId((uint)value)))).Value!.Data.AsSpan());
        return "";
    }
}
