using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Gamma tables from the host's call to the pixels on the wire.</summary>
public sealed class GammaTests : HostTest
{
    private const uint OfBigVop = 1024;

    [Fact]
    public async Task A_table_that_inverts_should_invert_the_picture_and_a_ramp_bring_it_back()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        using (var pixels = await screen.Buffer.MapAsync())
            new Random(5).NextBytes(pixels.Span);
        var (plain, plainCrc) = await PictureAsync(screen);
        Assert.Equal(OfBigVop, (await screen.Card.GetCrtcAsync(screen.Crtc)).GammaSize);

        await Soon(screen.Card.SetGammaAsync(screen.Crtc, Inverting()));
        var (inverted, invertedCrc) = await PictureAsync(screen);
        Assert.Equal(plain.Select(p => p ^ 0xff_ffff), inverted);
        Assert.NotEqual(plainCrc, invertedCrc);
        Assert.Equal(Inverting().Green.ToArray(), (await screen.Card.GetGammaAsync(screen.Crtc, OfBigVop)).Green.ToArray());

        await Soon(screen.Card.SetGammaAsync(screen.Crtc, Ramp()));
        var (back, backCrc) = await PictureAsync(screen);
        Assert.Equal(plain, back);
        Assert.Equal(plainCrc, backCrc);
    }

    [Fact]
    public async Task A_table_should_be_seen_from_the_next_vblank_on()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Manual });
        var card = await host.OpenAsync();
        var screen = await Step(Screen.LightAsync(card));

        var set = card.SetGammaAsync(screen.Crtc, Inverting());
        // The table is told as soon as the commit is made; the screen has to wait for time to go on.
        while ((await Soon(card.GetGammaAsync(screen.Crtc, OfBigVop))).Red[0] == 0)
            await Task.Yield();
        using (var before = await host.CaptureAsync(0, screen.Crtc))
            Assert.Equal(0u, before.PixelAt(0, 0));
        Assert.False(set.IsCompleted);
        await Step(Completed());
        using (var after = await host.CaptureAsync(0, screen.Crtc))
            Assert.Equal(0xff_ffffu, after.PixelAt(0, 0));
        await host.ShutdownAsync();

        async Task<bool> Completed()
        {
            await set;
            return true;
        }

        async Task<T> Step<T>(Task<T> task)
        {
            for (; !task.IsCompleted; await Task.Yield())
                host.AdvanceTime(TimeSpan.FromMilliseconds(1));
            return await task;
        }
    }

    [Fact]
    public async Task A_table_should_outlive_dark_times_and_its_client()
    {
        var card = await OpenAsync();
        var crtc = (await card.GetResourcesAsync()).Crtcs[0];
        await Soon(card.SetCrtcAsync(crtc, default, 0, 0, [], null));

        await Soon(card.SetGammaAsync(crtc, Inverting()));
        var screen = await Screen.LightAsync(card);
        using (var lit = await Host.CaptureAsync(0, crtc))
            Assert.Equal(0xff_ffffu, lit.PixelAt(7, 7));
        await Soon(screen.Card.DisposeAsync().AsTask());

        using var console = await Host.CaptureAsync(0, crtc);
        Assert.Equal(0xff_ffffu, console.PixelAt(7, 7));
    }

    [Fact]
    public async Task Bad_tables_should_be_refused_in_the_kernels_order()
    {
        var master = await OpenAsync();
        var crtc = (await master.GetResourcesAsync()).Crtcs[0];
        var other = await OpenAsync(DrmClient.Unprivileged);

        await RefusedAsync(Errno.EACCES, () => other.SetGammaAsync(new CrtcId(4711), Inverting()));
        Assert.Equal((int)OfBigVop, (await other.GetGammaAsync(crtc, OfBigVop)).Red.Length);
        await RefusedAsync(Errno.ENOENT, () => master.SetGammaAsync(new CrtcId(4711), new GammaTable([1], [], [])));
        await RefusedAsync(Errno.ENOENT, () => other.GetGammaAsync(new CrtcId(4711), 1));
        await RefusedAsync(Errno.EINVAL, () => master.SetGammaAsync(crtc, new GammaTable([1], [], [])));
        await RefusedAsync(Errno.EINVAL, () => other.GetGammaAsync(crtc, 256));
        await RefusedAsync(Errno.EFAULT, () => master.SetGammaAsync(crtc, Inverting() with { Blue = [] }));
        Assert.Equal(0, (await master.GetGammaAsync(crtc, OfBigVop)).Red[0]);
    }

    [Fact]
    public async Task A_crtc_without_a_table_should_be_ENOSYS_and_have_an_empty_one()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" } });
        await using var card = await host.OpenAsync();
        var crtc = (await card.GetResourcesAsync()).Crtcs[0];

        await RefusedAsync(Errno.ENOSYS, () => card.SetGammaAsync(crtc, Inverting()));
        Assert.Empty((await card.GetGammaAsync(crtc, 0)).Red);
        await RefusedAsync(Errno.EINVAL, () => card.GetGammaAsync(crtc, 256));
    }

    private async Task<(uint[] Pixels, uint Crc)> PictureAsync(Screen screen)
    {
        using var frame = await Soon(Host.CaptureAsync(0, screen.Crtc));
        var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(frame.Span).ToArray();
        return ([.. pixels.Select(p => p & 0xff_ffff)], frame.Crc);
    }

    private static GammaTable Ramp() => Table(i => i * 65535 / 1023);

    private static GammaTable Inverting() => Table(i => 65535 - (i * 65535 / 1023));

    private static GammaTable Table(Func<int, int> entry)
    {
        var column = Enumerable.Range(0, (int)OfBigVop).Select(i => (ushort)entry(i)).ToArray();
        return new GammaTable([.. column], [.. column], [.. column]);
    }
}
