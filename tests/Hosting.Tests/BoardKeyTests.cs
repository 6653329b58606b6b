using System.Text;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What a board's file says of backgrounds, paths, links and connectors that can go, as a client sees it.</summary>
public sealed class BoardKeyTests : HostTest
{
    private readonly string _board = Path.Combine(Path.GetTempPath(), $"keys-{Guid.NewGuid():N}.conf");

    protected override void Configure(DrmHostOptions options)
    {
        const string Dynamic = "components.dp1.connector { path = \"mst:4-1\", dynamic = on, link-status = bad }\n";
        File.WriteAllText(_board, File.ReadAllText(ConfigFiles.Find("boards/wall.conf")!) + Dynamic);
        options.Boards[0] = _board;
    }

    protected override Task PrepareAsync()
    {
        File.Delete(_board);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_background_should_show_where_no_plane_is()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        var (property, initial) = await FindAsync(card, screen.Crtc.Value, "BACKGROUND_COLOR");
        Assert.Equal(0xffff_0000_0000_0000ul, initial);
        var primary = card.View.Snapshot.Config.Crtcs[0].Primary.Value;

        // Twice: the same plane, another background.
        foreach (var (color, shown) in new (ulong, uint)[] { (0xffff_ffff_8080_0000, 0xff8000), (0x0000_0000_0000_ffff, 0x0000ff) })
        {
            var call = new ModeAtomic(AtomicFlags.None,
            [
                new AtomicObject(screen.Crtc.Value, [new PropertyValue(property, color)]),
                new AtomicObject(primary, [new PropertyValue(StandardProperties.CrtcX.Id, 100)]),
            ]);
            Assert.Equal(Errno.None, (await Soon(card.CallAsync(call))).Errno);
            using var frame = await Host.CaptureAsync(0, screen.Crtc);
            Assert.Equal((shown, 0u), (frame.PixelAt(50, 50), frame.PixelAt(150, 50)));
            Assert.Equal(color, (await FindAsync(card, screen.Crtc.Value, "BACKGROUND_COLOR")).Value);
        }
    }

    [Fact]
    public async Task A_port_of_the_board_should_have_a_path_and_a_bad_link_and_go()
    {
        var card = await OpenAsync();
        var port = (await card.GetResourcesAsync()).Connectors[1];
        var path = (await FindAsync(card, port.Value, "PATH")).Value;
        Assert.Equal("mst:4-1\0", Encoding.ASCII.GetString((await card.CallAsync(new ModeGetPropBlob(new BlobId((uint)path)))).Value!.Data.AsSpan()));
        Assert.Equal(1ul, (await FindAsync(card, port.Value, "link-status")).Value);

        // Setting a mode trains it.
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(1280, 720));
        var mode = (await card.GetConnectorAsync(port)).Modes.First(m => m.HDisplay == 1280);
        var crtc = (await card.GetResourcesAsync()).Crtcs[1];
        await Soon(card.SetCrtcAsync(crtc, framebuffer, port, mode));
        await Soon(card.SetCrtcAsync(crtc, framebuffer, port, mode));
        Assert.Equal(0ul, (await FindAsync(card, port.Value, "link-status")).Value);

        await RefusedAsync(Errno.EINVAL, async () => await Host.RemoveConnectorAsync(0, (await card.GetResourcesAsync()).Connectors[0]));
        await Host.RemoveConnectorAsync(0, port);
        Assert.Contains(port, (await card.GetResourcesAsync()).Connectors);
        await Soon(card.CallAsync(new ModeSetCrtc(crtc, default, 0, 0, [], null)));
        Assert.DoesNotContain(port, (await card.GetResourcesAsync()).Connectors);
        Assert.Equal(Errno.ENOENT, (await card.CallAsync(new ModeGetConnector(port))).Errno);
    }

    private static async Task<(PropertyId Property, ulong Value)> FindAsync(DrmCard card, uint of, string name)
    {
        foreach (var (property, value) in (await card.CallAsync(new ModeObjGetProperties(of, ObjectType.Any))).Value!.Properties)
            if (string.Equals((await card.CallAsync(new ModeGetProperty(property))).Value!.Name, name, StringComparison.Ordinal))
                return (property, value);
        throw new ArgumentException($"{of} has no {name}", nameof(name));
    }
}
