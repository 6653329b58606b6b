using Akka.TestKit.Xunit2;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Modes, flips, vblanks and events on a real VOP under a clock advanced by hand.</summary>
public sealed class ScanoutSpecs : TestKit
{
    [Fact]
    public async Task A_flip_should_complete_at_the_next_vblank_with_its_exact_time()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var second = await file.AddFramebufferAsync();
        var period = FramePeriod.Of(rig.Mode);

        await file.DoAsync(new ModePageFlip(rig.Crtc, second, PageFlipFlags.Event, UserData: 77));
        await file.RefusedAsync(Errno.EBUSY, new ModePageFlip(rig.Crtc, second, PageFlipFlags.Event));
        await file.RefusedAsync(Errno.EAGAIN, new ReadEvents(1024, NonBlocking: true));
        var read = file.DoAsync(new ReadEvents(1024, NonBlocking: false));
        await rig.VblankAsync();

        var flip = Assert.IsType<FlipCompleteEvent>(Assert.Single((await read).Events));
        Assert.Equal((77ul, rig.Crtc), (flip.UserData, flip.Crtc));
        Assert.Equal(rig.Clock.Now, flip.Time);
        Assert.Equal(flip.Time, period.TimeOf(1_000_000_000, flip.Sequence));
        await file.CloseAsync();
    }

    [Fact]
    public async Task Ten_thousand_flips_should_not_drift_by_a_nanosecond()
    {
        const int Flips = 10_000;
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        FramebufferId[] framebuffers = [await file.AddFramebufferAsync(), await file.AddFramebufferAsync()];
        var lit = rig.Clock.Now;
        await file.LightAsync(framebuffers[0]);

        FlipCompleteEvent flip = null!;
        for (var i = 1; i <= Flips; i++)
        {
            await file.DoAsync(new ModePageFlip(rig.Crtc, framebuffers[i % 2], PageFlipFlags.Event));
            await rig.VblankAsync();
            flip = (FlipCompleteEvent)Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: false))).Events);
        }

        // One vblank for the mode, then one for each flip; 148.5 MHz and 2200 x 1125 give exactly 60 Hz.
        Assert.Equal(Flips + 1u, flip.Sequence);
        Assert.Equal((Int128)lit + ((Flips + 1) * (Int128)1_000_000_000 * rig.Mode.HTotal * rig.Mode.VTotal / (rig.Mode.Clock * 1000L)), flip.Time);
        await file.CloseAsync();
    }

    [Fact]
    public async Task SetCrtc_should_wait_for_a_pending_flip_whose_event_comes_first()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var second = await file.AddFramebufferAsync();

        await file.DoAsync(new ModePageFlip(rig.Crtc, second, PageFlipFlags.Event, UserData: 5));
        await file.LightAsync(await file.AddFramebufferAsync());

        Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: true))).Events);
        await file.CloseAsync();
    }

    [Fact]
    public async Task Removing_what_is_lit_should_leave_a_black_crtc_that_refuses_flips()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var shown = await file.AddFramebufferAsync();
        var second = await file.AddFramebufferAsync();
        await file.LightAsync(shown);

        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(file.CallAsync(new ModeRmFb(shown)))).Errno);

        var crtc = await file.DoAsync(new ModeGetCrtc(rig.Crtc));
        Assert.True(crtc.Framebuffer.IsNone);
        Assert.NotNull(crtc.Mode);
        await file.RefusedAsync(Errno.EBUSY, new ModePageFlip(rig.Crtc, second, PageFlipFlags.None));
        await file.RefusedAsync(Errno.ENOENT, new ModeRmFb(shown));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_client_that_never_reads_should_be_refused_the_129th_event()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var shown = await file.AddFramebufferAsync();
        await file.LightAsync(shown);
        var wait = new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 1, UserData: 9);
        for (var i = 0; i < 128; i++)
            await file.DoAsync(wait);

        await file.RefusedAsync(Errno.ENOMEM, wait);
        await file.RefusedAsync(Errno.ENOMEM, new ModePageFlip(rig.Crtc, shown, PageFlipFlags.Event));
        await rig.VblankAsync();
        // Answered behind the events that have come.
        await file.DoAsync(new WaitVblank(VblankFlags.Relative, 0));

        // Short reads: nothing where the first does not fit, whole events where some do.
        Assert.Empty((await file.DoAsync(new ReadEvents(31, NonBlocking: false))).Events);
        Assert.Single((await file.DoAsync(new ReadEvents(33, NonBlocking: false))).Events);
        Assert.Equal(2, (await file.DoAsync(new ReadEvents(70, NonBlocking: false))).Events.Length);
        Assert.Equal(125, (await file.DoAsync(new ReadEvents(8192, NonBlocking: false))).Events.Length);
        await file.DoAsync(wait);
        await file.CloseAsync();
    }

    [Fact]
    public async Task WaitVblank_should_answer_now_later_and_in_the_past()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.RefusedAsync(Errno.EINVAL, new WaitVblank(VblankFlags.Relative, 0));
        await file.LightAsync(await file.AddFramebufferAsync());

        var now = await file.DoAsync(new WaitVblank(VblankFlags.Relative, 0));
        var later = await rig.WithVblanksAsync(file.DoAsync(new WaitVblank(VblankFlags.Relative, 2)));
        Assert.Equal(now.Sequence + 2, later.Sequence);
        Assert.Equal(rig.Clock.Now, later.Time);
        var past = await file.DoAsync(new WaitVblank(VblankFlags.Absolute, now.Sequence));
        Assert.Equal(later.Sequence, past.Sequence);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_wait_of_more_than_three_seconds_should_be_EBUSY()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var before = rig.Clock.Now;

        var reply = await rig.WithVblanksAsync(file.CallAsync(new WaitVblank(VblankFlags.Relative, 1000)));

        Assert.Equal(Errno.EBUSY, reply.Errno);
        Assert.Equal(before + 3_000_000_000, rig.Clock.Now);
        await file.CloseAsync();
    }

    [Fact]
    public async Task The_interrupt_should_be_off_while_nobody_waits()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());

        Assert.Null(rig.Clock.NextDue);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_flip_that_is_heard_of_late_should_keep_its_time_and_count()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        await file.DoAsync(new ModePageFlip(rig.Crtc, await file.AddFramebufferAsync(), PageFlipFlags.Event));
        // The flip is answered before the VOP hears of it.
        AwaitAssert(() => Assert.NotNull(rig.Clock.NextDue));
        var due = rig.Clock.NextDue;

        rig.Clock.Advance(TimeSpan.FromMilliseconds(100));

        var flip = (FlipCompleteEvent)Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: false))).Events);
        Assert.Equal(due, flip.Time);
        var now = await file.DoAsync(new WaitVblank(VblankFlags.Relative, 0));
        Assert.Equal(flip.Sequence + 5, now.Sequence);
        await file.CloseAsync();
    }

    [Fact]
    public async Task The_console_should_be_lit_at_boot_and_again_after_the_last_close()
    {
        await using var rig = await DeviceRig.StartAsync(Sys, console: true);
        await rig.VblankAsync();
        var file = await rig.OpenAsync();
        var console = (await file.DoAsync(new ModeGetCrtc(rig.Crtc))).Framebuffer;
        Assert.False(console.IsNone);
        Assert.Empty((await file.DoAsync(new ModeGetResources())).Framebuffers);

        await file.LightAsync(await file.AddFramebufferAsync());
        Assert.NotEqual(console, (await file.DoAsync(new ModeGetCrtc(rig.Crtc))).Framebuffer);
        await file.CloseAsync();

        var next = await rig.OpenAsync();
        Assert.Equal(console, (await next.DoAsync(new ModeGetCrtc(rig.Crtc))).Framebuffer);
        await next.CloseAsync();
    }

    [Fact]
    public async Task Unplugging_should_answer_everybody_with_ENODEV()
    {
        await using var rig = await DeviceRig.StartAsync(Sys, console: true);
        await rig.VblankAsync();
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var read = file.CallAsync(new ReadEvents(1024, NonBlocking: false));
        var wait = file.CallAsync(new WaitVblank(VblankFlags.Relative, 10));
        await file.DoAsync(new GetVersion());

        await rig.UnplugAsync();

        Assert.Equal(Errno.ENODEV, (await read).Errno);
        Assert.Equal(Errno.ENODEV, (await wait).Errno);
        await file.RefusedAsync(Errno.ENODEV, new GetVersion());
        Assert.DoesNotContain("release", rig.Driver.Calls);
        await file.CloseAsync();
        AwaitAssert(() => Assert.Contains("release", rig.Driver.Calls));
    }
}
