using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Tests;

/// <summary>A board's limits and the host's own, asked through every kind of call: a test, a commit, and a legacy call.</summary>
public sealed class LimitTests : HostTest
{
    private readonly string _board = Path.Combine(Path.GetTempPath(), $"limits-{Guid.NewGuid():N}.conf");
    private Func<ProposedCommit, Errno> _refuse = _ => Errno.None;
    private Screen _screen = null!;

    protected override void Configure(DrmHostOptions options)
    {
        File.WriteAllText(_board, File.ReadAllText(ConfigFiles.Find("boards/vkms.conf")!) + "limits { planes-per-crtc = 2 }\n");
        options.Boards[0] = _board;
        options.RefuseCommit = proposed => _refuse(proposed);
    }

    protected override Task PrepareAsync()
    {
        File.Delete(_board);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_limit_should_refuse_tests_commits_and_legacy_calls_alike()
    {
        var (planes, small) = await LightAsync();
        Assert.Equal(Errno.None, await SetPlaneAsync(planes[1], small));
        foreach (var how in new[] { Legacy, Test, Commit })
            Assert.Equal(Errno.EINVAL, await how(planes[2], small));
        Assert.Equal(Errno.EINVAL, (await _screen.Card.CallAsync(new ModeCursor2(CursorFlags.Bo, _screen.Crtc, 0, 0, 64, 64, _screen.Buffer.Handle))).Errno);

        Assert.Equal(Errno.None, await SetPlaneAsync(planes[1], default));
        foreach (var how in new[] { Test, Commit, Legacy })
            Assert.Equal(Errno.None, await how(planes[2], small));
    }

    [Fact]
    public async Task The_log_should_say_which_limit_refused_but_of_tests_nothing()
    {
        var (planes, small) = await LightAsync();
        Assert.Equal(Errno.None, await SetPlaneAsync(planes[1], small));
        await Test(planes[2], small);
        await Commit(planes[2], small);
        await Legacy(planes[2], small);
        for (var i = 0; i < 100_000 && Log.At(LogLevel.Information).Count(IsOfLimit) < 2; i++)
            await Task.Yield();
        Assert.Equal(2, Log.At(LogLevel.Information).Count(IsOfLimit));

        static bool IsOfLimit(string line) => line.Contains("a commit is refused with EINVAL; allowed: at most 2 planes on a CRTC", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_predicate_should_see_what_would_be_shown_and_refuse_it_with_its_errno()
    {
        ProposedCommit? seen = null;
        var (planes, small) = await LightAsync();
        _refuse = proposed =>
        {
            seen = proposed;
            return proposed.Planes.Any(p => p.Type == PlaneType.Overlay) ? Errno.ENOSPC : Errno.None;
        };
        foreach (var how in new[] { Legacy, Test, Commit })
            Assert.Equal(Errno.ENOSPC, await how(planes[1], small));

        Assert.Equal([_screen.Crtc], seen!.Crtcs.Where(c => c is { IsTouched: true, Active: true, Mode: not null }).Select(c => c.Id));
        Assert.Equal([(planes[0], _screen.Mode.HDisplay), (planes[1], 64u)], seen.Planes.Select(p => (p.Id, p.Target.Width)));
        Assert.Equal(new ProposedTarget(3, 4, 64, 64), seen.Planes[1].Target);
        Assert.Equal(_screen.Crtc, Assert.Single(seen.Connectors).Crtc);
        Assert.Equal(Errno.None, (await _screen.Card.CallAsync(new ModePageFlip(_screen.Crtc, _screen.Framebuffer, PageFlipFlags.None))).Errno);
    }

    [Fact]
    public async Task A_predicate_that_throws_should_refuse_and_the_device_go_on()
    {
        var (planes, small) = await LightAsync();
        _refuse = _ => throw new InvalidOperationException("no");
        foreach (var how in new[] { Legacy, Test, Commit })
            Assert.Equal(Errno.EIO, await how(planes[1], small));
        _refuse = _ => Errno.None;
        Assert.Equal(Errno.None, await Legacy(planes[1], small));
    }

    private async Task<(PlaneId[] Planes, FramebufferId Small)> LightAsync()
    {
        var card = await OpenAsync();
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        _screen = await Soon(Screen.LightAsync(card));
        var planes = await card.CallAsync(new ModeGetPlaneResources());
        var buffer = await card.CreateDumbAsync(64, 64);
        return ([.. planes.Value!.Planes], await card.AddFbAsync(buffer));
    }

    private Task<Errno> Legacy(PlaneId plane, FramebufferId framebuffer) => SetPlaneAsync(plane, framebuffer);

    private Task<Errno> Test(PlaneId plane, FramebufferId framebuffer) => AtomicAsync(AtomicFlags.TestOnly, plane, framebuffer);

    private Task<Errno> Commit(PlaneId plane, FramebufferId framebuffer) => AtomicAsync(AtomicFlags.None, plane, framebuffer);

    private async Task<Errno> SetPlaneAsync(PlaneId plane, FramebufferId framebuffer) =>
        (await Soon(_screen.Card.CallAsync(new ModeSetPlane(plane, _screen.Crtc, framebuffer, 3, 4, 64, 64, 0, 0, 64 << 16, 64 << 16)))).Errno;

    private async Task<Errno> AtomicAsync(AtomicFlags flags, PlaneId plane, FramebufferId framebuffer)
    {
        (Property Property, ulong Value)[] set =
        [
            (StandardProperties.FbId, framebuffer.Value), (StandardProperties.CrtcId, _screen.Crtc.Value),
            (StandardProperties.SrcX, 0), (StandardProperties.SrcY, 0), (StandardProperties.SrcW, 64 << 16), (StandardProperties.SrcH, 64 << 16),
            (StandardProperties.CrtcX, 3), (StandardProperties.CrtcY, 4), (StandardProperties.CrtcW, 64), (StandardProperties.CrtcH, 64),
        ];
        var call = new ModeAtomic(flags, [new AtomicObject(plane.Value, [.. set.Select(s => new PropertyValue(s.Property.Id, s.Value))])]);
        return (await Soon(_screen.Card.CallAsync(call))).Errno;
    }
}
