using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A board that has a render node, and nothing to show; beside one that shows, and has none.</summary>
public sealed class RenderNodeTests : HostTest
{
    private static readonly DrmClient Somebody = new(4711, 1000);

    protected override void Configure(DrmHostOptions options) => options.Boards.Add("vgem");

    [Fact]
    public void Render_minors_should_count_from_128_over_the_boards_that_have_one() =>
        Assert.Equal([("rk3399", 0, null), ("vgem", 1, 128)], Host.Boards.Select(b => (b.Name, b.Minor, b.RenderMinor)));

    [Fact]
    public async Task A_node_that_is_not_there_should_be_refused()
    {
        await RefusedAsync(Errno.ENODEV, () => Host.OpenRenderAsync(129));
        await RefusedAsync(Errno.ENODEV, () => Host.OpenAsync(2));
    }

    [Fact]
    public async Task Anybody_should_share_buffers_by_a_render_node()
    {
        await using var master = await Host.OpenAsync(1, Somebody);
        await using var card = await Host.OpenAsync(1, Somebody with { ProcessId = 1 });
        await using var render = await Host.OpenRenderAsync(client: Somebody with { ProcessId = 2 });
        var buffer = await card.CreateDumbAsync(64, 64);
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);

        var handle = await render.PrimeFdToHandleAsync(descriptor);

        // One device: the same object.
        var again = await render.PrimeHandleToFdAsync(handle);
        Assert.Same(Host.Descriptors.Find(descriptor), Host.Descriptors.Find(again));
        await render.GemCloseAsync(handle);
        Host.Close(descriptor);
        Host.Close(again);
    }

    [Fact]
    public async Task A_render_node_should_take_only_what_has_nothing_to_do_with_screens()
    {
        // Also of root, and of one who opens first: nobody is master there.
        await using var render = await Host.OpenRenderAsync();
        Assert.Equal("vgem", (await render.VersionAsync()).Name);
        Assert.Equal(3ul, await render.GetCapAsync(Capability.Prime));
        await RefusedAsync(Errno.EACCES, () => render.CreateDumbAsync(64, 64));
        await RefusedAsync(Errno.EACCES, () => render.GetResourcesAsync());
        await RefusedAsync(Errno.EACCES, () => render.SetMasterAsync());
        await RefusedAsync(Errno.EACCES, () => render.GetMagicAsync());
        await RefusedAsync(Errno.EACCES, () => render.SetClientCapAsync(ClientCapability.UniversalPlanes, 1));
        Assert.Equal(Errno.EACCES, (await render.CallAsync(new GemFlink(new(1)))).Errno);
        // Whoever opens the card is master all the same.
        await using var card = await Host.OpenAsync(1, Somebody);
        await card.DropMasterAsync();
    }

    [Fact]
    public async Task A_board_without_mode_setting_should_say_so()
    {
        await using var card = await Host.OpenAsync(1);
        await RefusedAsync(Errno.EOPNOTSUPP, () => card.GetResourcesAsync());
        await RefusedAsync(Errno.EOPNOTSUPP, () => card.GetCapAsync(Capability.DumbBuffer));
        await RefusedAsync(Errno.EOPNOTSUPP, () => card.GetCapAsync((Capability)0x77));
        Assert.Equal(1ul, await card.GetCapAsync(Capability.TimestampMonotonic));
        Assert.Equal(0ul, await card.GetCapAsync(Capability.Syncobj));
    }

    [Fact]
    public async Task What_is_rendered_should_be_shown_by_the_other_board()
    {
        var maker = await Host.OpenAsync(1);
        var buffer = await maker.CreateDumbAsync(64, 64);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        var display = await OpenAsync();
        var handle = await display.PrimeFdToHandleAsync(descriptor);
        await display.AddFbAsync(64, 64, 24, 32, buffer.Pitch, handle);
        Host.Close(descriptor);
        await maker.DisposeAsync();
    }

    [Fact]
    public async Task A_render_node_should_go_with_its_board()
    {
        await using var render = await Host.OpenRenderAsync();
        await Host.UnplugBoardAsync("vgem");
        await RefusedAsync(Errno.ENODEV, () => render.VersionAsync());
        await RefusedAsync(Errno.ENODEV, () => Host.OpenRenderAsync());
        // Another one while somebody has the old one open.
        Assert.Equal(129, (await Host.PlugBoardAsync("vgem")).RenderMinor);
        await using var next = await Host.OpenRenderAsync(129);
        Assert.Equal("vgem", (await next.VersionAsync()).Name);
    }
}
