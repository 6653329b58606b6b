using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What is made to go wrong from the host: ioctls that fail, boards that are pulled out, actors that crash.</summary>
public sealed class FaultTests : HostTest
{
    private static readonly IoctlRow CreateDumb = IoctlTable.RowNamed("MODE_CREATE_DUMB")!;
    private static readonly IoctlRow GetCap = IoctlTable.RowNamed("DRM_IOCTL_GET_CAP")!;

    [Fact]
    public async Task The_nth_ioctl_should_fail_and_do_nothing()
    {
        var card = await OpenAsync();
        Host.FailIoctl(new IoctlFault(CreateDumb, Errno.ENOSPC) { Nth = 2, Times = 2 });
        var before = Host.Usage;
        var errnos = new List<Errno>();
        for (var i = 0; i < 5; i++)
            errnos.Add((await card.CallAsync(new ModeCreateDumb(8, 8, 32))).Errno);
        Assert.Equal([Errno.None, Errno.ENOSPC, Errno.ENOSPC, Errno.None, Errno.None], errnos);
        Assert.Equal(before.Objects + 3, Host.Usage.Objects);
    }

    [Fact]
    public async Task A_call_that_a_snapshot_answers_should_fail_too_and_what_is_refused_not_count()
    {
        var card = await OpenAsync();
        var other = await OpenAsync(DrmClient.Unprivileged);
        Host.FailIoctl(new IoctlFault(GetCap, Errno.EIO));
        Host.FailIoctl(new IoctlFault(IoctlTable.RowNamed("SET_VERSION")!, Errno.EIO));
        Assert.Equal(Errno.EIO, (await card.CallAsync(new GetCap(Capability.DumbBuffer))).Errno);
        Assert.Equal(Errno.None, (await card.CallAsync(new GetCap(Capability.DumbBuffer))).Errno);
        Assert.Equal(Errno.EACCES, (await other.CallAsync(new SetVersion(1, 4, -1, 0))).Errno);
        Assert.Equal(Errno.EIO, (await card.CallAsync(new SetVersion(1, 4, -1, 0))).Errno);
    }

    [Fact]
    public async Task A_probability_should_hit_about_as_often_and_the_same_calls_again_with_its_seed()
    {
        var card = await OpenAsync();
        var runs = new List<string>();
        foreach (var seed in (int[])[1, 1, 2])
        {
            Host.FailIoctl(new IoctlFault(GetCap, Errno.EIO) { Probability = 0.25, Times = 0, Seed = seed });
            var hits = "";
            for (var i = 0; i < 400; i++)
                hits += (await card.CallAsync(new GetCap(Capability.DumbBuffer))).Ok ? '.' : 'x';
            runs.Add(hits);
            Host.ClearIoctlFaults();
        }

        Assert.InRange(runs[0].Count(c => c == 'x'), 60, 140);
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.True((await card.CallAsync(new GetCap(Capability.DumbBuffer))).Ok);
    }

    [Fact]
    public async Task A_buffer_that_crashes_while_it_is_shown_should_be_black_and_leave_its_board_alone()
    {
        var card = await OpenAsync();
        var resources = await card.GetResourcesAsync();
        var monitor = await card.GetConnectorAsync(resources.Connectors[0]);
        var mode = monitor.Modes[^1];
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        using (var mapping = await buffer.MapAsync())
            mapping.Span.Fill(0xff);
        await card.SetCrtcAsync(resources.Crtcs[0], await card.AddFbAsync(buffer), monitor.Id, mode);
        using (var white = await Host.CaptureAsync(0, resources.Crtcs[0]))
            Assert.Equal(0xff, white.Span[0]);
        var gem = (await Host.AskAsync(Host.Supervisor, new ViewCard(0))).Value!.View.Gem;
        var objects = (await Host.AskAsync(gem, new ListObjects())).Value!.Objects;

        Assert.Equal(Errno.EIO, await Host.CrashAsync($"card0/gem/{objects[^1].Id}"));
        // Whoever crashed it is answered first, and then its memory goes back.
        await Soon(UntilAsync(async () => (await Host.AskAsync(gem, new ListObjects())).Value!.Objects.Length < objects.Length));
        using var black = await Host.CaptureAsync(0, resources.Crtcs[0]);

        Assert.Equal(0, black.Span[0]);
        Assert.Single(Host.Boards);
        Assert.True((await card.CallAsync(new ModeCreateDumb(8, 8, 32))).Ok);
    }

    [Theory]
    [InlineData("card0")]
    [InlineData("card0/gem")]
    [InlineData("master-rk3399")]
    [InlineData("master-rk3399/vopb")]
    public async Task A_board_that_has_died_should_not_be_among_those_that_are_up(string crashed)
    {
        Assert.Equal(Errno.EIO, await Host.CrashAsync(crashed));

        await Soon(UntilAsync(() => Task.FromResult(Host.Boards.Count == 0)));
        Assert.Equal("rk3399", Assert.Single(Host.LostBoards).Name);
        await Soon(UntilAsync(PlugAsync));
        Assert.Equal("rk3399", Assert.Single(Host.Boards).Name);
        Assert.Empty(Host.LostBoards);

        // EBUSY until the last of it has gone.
        async Task<bool> PlugAsync()
        {
            try
            {
                await Host.PlugBoardAsync("rk3399");
                return true;
            }
            catch (DrmBootException e) when (e.Errno == Errno.EBUSY)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_card_of_another_number_should_not_fail()
    {
        var card = await OpenAsync();
        Host.FailIoctl(new IoctlFault(GetCap, Errno.EIO) { Minor = 1 });
        Assert.True((await card.CallAsync(new GetCap(Capability.DumbBuffer))).Ok);
    }

    [Fact]
    public void A_fault_that_means_nothing_should_be_refused()
    {
        Assert.Throws<ArgumentException>(() => Host.FailIoctl(new IoctlFault(GetCap, Errno.None)));
        Assert.Throws<ArgumentException>(() => Host.FailIoctl(new IoctlFault(GetCap, Errno.EIO) { Nth = 0 }));
        Assert.Throws<ArgumentException>(() => Host.FailIoctl(new IoctlFault(GetCap, Errno.EIO) { Probability = double.NaN }));
    }

    [Fact]
    public async Task A_board_that_is_pulled_out_should_be_gone_and_come_back_as_another_card()
    {
        var card = await OpenAsync();
        await card.CreateDumbAsync(64, 64);
        var waiting = card.CallAsync(new ReadEvents(1024, NonBlocking: false));
        await Soon(Host.UnplugBoardAsync("rk3399"));
        Assert.Empty(Host.Boards);
        Assert.Equal(Errno.ENODEV, (await Soon(waiting)).Errno);
        Assert.Equal(Errno.ENODEV, (await card.CallAsync(new ModeCreateDumb(8, 8, 32))).Errno);
        Assert.Equal(Errno.ENODEV, (await Assert.ThrowsAsync<DrmException>(() => Host.UnplugBoardAsync("rk3399"))).Errno);

        // The first card is still open.
        Assert.Equal(1, (await Soon(Host.PlugBoardAsync("rk3399"))).Minor);
        Assert.Equal(Errno.EBUSY, (await Assert.ThrowsAsync<DrmBootException>(() => Host.PlugBoardAsync("rk3399"))).Errno);
        await using (var other = await Soon(Host.OpenAsync(1)))
            await other.CreateDumbAsync(64, 64);
        await Assert.ThrowsAsync<ArgumentException>(() => Host.PlugBoardAsync("rk9999"));
    }

    [Theory]
    [InlineData("card0", Errno.EIO)]
    [InlineData("master-rk3399", Errno.EIO)]
    [InlineData("master-rk3399/vopb", Errno.EIO)]
    [InlineData("aperture", Errno.EIO)]
    [InlineData("", Errno.EIO)]
    [InlineData("card7", Errno.ENODEV)]
    [InlineData("card0/file-77", Errno.ENODEV)]
    public async Task A_crash_should_be_told_and_the_board_come_back_after_it(string path, Errno told)
    {
        var card = await OpenAsync();
        Assert.Equal(told, await Soon(Host.CrashAsync(path)));
        if (told == Errno.ENODEV)
            return;
        while ((await Soon(card.CallAsync(new ModeCreateDumb(8, 8, 32)))).Errno != Errno.ENODEV)
            await Task.Yield();
        while (true)
        {
            try
            {
                await Soon(Host.PlugBoardAsync("rk3399"));
                break;
            }
            catch (DrmBootException e) when (e.Errno == Errno.EBUSY)
            {
                // The old one is not quite gone.
                await Task.Yield();
            }
        }

        await using var other = await Soon(Host.OpenAsync(Host.Boards[0].Minor));
        await other.CreateDumbAsync(8, 8);
    }
}
