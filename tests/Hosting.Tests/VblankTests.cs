using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Time;
using DrmActors.Messages;
using static DrmActors.Messages.VblankFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>
/// Vblanks to the last count and nanosecond, on a clock that the test moves: eight CRTCs, the first of which is three vblanks from the end of 32 bits.
/// </summary>
public sealed class VblankTests : HostTest
{
    private const uint First = uint.MaxValue - 3;
    private readonly string _board = Path.Combine(Path.GetTempPath(), $"vblanks-{Guid.NewGuid():N}.conf");

    protected override void Configure(DrmHostOptions options)
    {
        File.WriteAllText(_board, File.ReadAllText(ConfigFiles.Find("boards/wall.conf")!) + $"components.crtc0.first-vblank = {First}\n");
        (options.Boards[0], options.Time, options.ArenaSize) = (_board, TimeMode.Manual, 1L << 30);
    }

    protected override Task PrepareAsync()
    {
        File.Delete(_board);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Counts_should_go_on_over_the_end_of_32_bits()
    {
        var screen = await LightAsync();
        Assert.Equal(First + 1ul, (await CountAsync(screen)).Sequence);

        // In the past, at present, and ahead by way of 0.
        Assert.Equal(First + 1, (await WaitAsync(screen, Absolute, First + 1)).Sequence);
        Assert.Equal(First + 1, (await WaitAsync(screen, Absolute, First - 1000)).Sequence);
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, PageFlipFlags.Event, 4);
        var flip = Assert.IsType<FlipCompleteEvent>(await StepAsync(screen.Card.NextEventAsync()));
        Assert.Equal((4ul, First + 2), (flip.UserData, flip.Sequence));
        Assert.Equal(1u, (await StepAsync(WaitAsync(screen, Absolute, 1))).Sequence);
        Assert.Equal(First + 5ul, (await CountAsync(screen)).Sequence);

        // What was before the wrap has passed.
        Assert.Equal(1u, (await WaitAsync(screen, Absolute, First)).Sequence);
        await screen.Card.RequestVblankEventAsync(VblankTarget.Absolute(First), userData: 5);
        Assert.Equal((5ul, 1u), Assert.IsType<VblankEvent>(await Soon(screen.Card.NextEventAsync())) is var e ? (e.UserData, e.Sequence) : default);
        // And all 64 bits are there for who asks for them.
        Assert.Equal(First + 8ul, (await screen.Card.CallAsync(new CrtcQueueSequence(screen.Crtc, SequenceFlags.None, First + 8ul, UserData: 3))).Value!.Sequence);
        Assert.Equal((3ul, First + 8ul), Assert.IsType<CrtcSequenceEvent>(await StepAsync(screen.Card.NextEventAsync())) is var s ? (s.UserData, s.Sequence) : default);
        Assert.Equal(First + 8ul, (await CountAsync(screen)).Sequence);
    }

    [Fact]
    public async Task A_wait_should_end_at_the_nanosecond_of_its_vblank()
    {
        var screen = await LightAsync();
        var lit = await CountAsync(screen);
        foreach (var ahead in new uint[] { 1, 2, 60, 120 })
        {
            var before = await CountAsync(screen);
            var reply = await StepAsync(WaitAsync(screen, Relative, ahead));
            Assert.Equal(unchecked((uint)before.Sequence + ahead), reply.Sequence);
            // The totals over the clock, from where it was lit on: no rounding is carried over.
            var frames = (Int128)(await CountAsync(screen)).Sequence - lit.Sequence;
            var exact = frames * screen.Mode.HTotal * screen.Mode.VTotal * 1_000_000 / screen.Mode.Clock;
            Assert.InRange((long)(reply.Time - lit.Time - exact), -1, 1);
        }
    }

    [Fact]
    public async Task Each_of_eight_CRTCs_should_count_for_itself()
    {
        var card = await OpenAsync();
        var all = await card.GetResourcesAsync();
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(1280, 720));
        for (var i = 0; i < all.Crtcs.Length; i++)
        {
            var mode = (await card.GetConnectorAsync(all.Connectors[i])).Modes.First(m => m.HDisplay == 1280);
            await StepAsync(Then(card.SetCrtcAsync(all.Crtcs[i], framebuffer, all.Connectors[i], mode)));
        }

        for (var i = 0; i < all.Crtcs.Length; i++)
        {
            var count = (await card.CallAsync(new CrtcGetSequence(all.Crtcs[i]))).Value!;
            var wait = await Soon(card.WaitVblankAsync(VblankTarget.Relative(0), i));
            Assert.Equal(((uint)count.Sequence, count.Time), (wait.Sequence, wait.Time));
            await card.RequestVblankEventAsync(VblankTarget.Next, i, userData: (ulong)i);
            var told = Assert.IsType<VblankEvent>(await StepAsync(card.NextEventAsync()));
            Assert.Equal(((ulong)i, all.Crtcs[i], (uint)count.Sequence + 1), (told.UserData, told.Crtc, told.Sequence));
        }

        // The old way of naming the second one; and there is no ninth.
        var second = await card.CallAsync(new WaitVblank(Relative | Secondary, 0));
        Assert.Equal((await Soon(card.WaitVblankAsync(VblankTarget.Relative(0), 1))).Sequence, second.Value!.Sequence);
        Assert.Equal(Errno.EINVAL, (await card.CallAsync(new WaitVblank(Relative | WaitVblank.OnCrtc(8), 0))).Errno);
    }

    [Theory]
    [InlineData("dpms")]
    [InlineData("mode")]
    [InlineData("off")]
    public async Task Waits_should_end_where_the_CRTC_goes_off_if_only_for_a_moment(string how)
    {
        var screen = await LightAsync();
        var count = (await CountAsync(screen)).Sequence;
        await screen.Card.RequestVblankEventAsync(VblankTarget.Relative(60), userData: 1);
        await screen.Card.CallAsync(new CrtcQueueSequence(screen.Crtc, SequenceFlags.Relative, 70, UserData: 2));
        var wait = screen.Card.WaitVblankAsync(VblankTarget.Relative(50));
        Host.AdvanceTime(TimeSpan.FromMilliseconds(100));
        var call = how switch
        {
            "dpms" => (Task)screen.Card.CallAsync(new ModeSetProperty(screen.Connector.Id, Kms.StandardProperties.Dpms.Id, 3)),
            "mode" => screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, screen.Connector.Modes.First(m => m.HDisplay == 1280)),
            _ => screen.Card.CallAsync(new ModeSetCrtc(screen.Crtc, default, 0, 0, [], null)),
        };

        var ended = await Soon(wait);
        Assert.InRange(ended.Sequence - (uint)count, 5u, 7u);
        Assert.Equal((1ul, ended.Sequence), Assert.IsType<VblankEvent>(await Soon(screen.Card.NextEventAsync())) is var e ? (e.UserData, e.Sequence) : default);
        Assert.Equal((2ul, ended.Sequence), Assert.IsType<CrtcSequenceEvent>(await Soon(screen.Card.NextEventAsync())) is var s ? (s.UserData, (uint)s.Sequence) : default);
        await StepAsync(Then(call));
        if (how == "mode")
            return;
        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new WaitVblank(Relative, 1))).Errno);
        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new CrtcGetSequence(screen.Crtc))).Errno);
        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new CrtcQueueSequence(screen.Crtc, SequenceFlags.Relative, 1))).Errno);

        // Nobody counts while there are none, and then it goes on.
        Host.AdvanceTime(TimeSpan.FromSeconds(10));
        await StepAsync(Then(how == "dpms"
            ? screen.Card.CallAsync(new ModeSetProperty(screen.Connector.Id, Kms.StandardProperties.Dpms.Id, 0))
            : screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, screen.Mode)));
        Assert.Equal(ended.Sequence + 1, (uint)(await CountAsync(screen)).Sequence);
    }

    [Fact]
    public async Task A_mode_of_another_name_should_be_no_modeset()
    {
        var screen = await LightAsync();
        var count = (await CountAsync(screen)).Sequence;
        await screen.Card.RequestVblankEventAsync(VblankTarget.Relative(20));
        await StepAsync(Then(screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, screen.Mode with { Name = "mine" })));

        Assert.Equal(unchecked((uint)count + 20), Assert.IsType<VblankEvent>(await StepAsync(screen.Card.NextEventAsync())).Sequence);
    }

    [Fact]
    public async Task A_wait_should_tell_where_it_stands_however_it_ends()
    {
        var screen = await LightAsync();
        var next = await StepAsync(screen.Card.CallAsync(new WaitVblank(NextOnMiss, First - 9)));
        Assert.Equal((First + 2, true), (next.Value!.Sequence, next.Value.IsNext));

        var late = await StepAsync(screen.Card.CallAsync(new WaitVblank(Relative, 1000)));
        var now = await CountAsync(screen);
        Assert.Equal((Errno.EBUSY, (uint)now.Sequence, now.Time), (late.Errno, late.Value!.Sequence, late.Value.Time));

        for (var i = 0; i < DrmEvent.Space / VblankEvent.Bytes; i++)
            await screen.Card.RequestVblankEventAsync(VblankTarget.Relative(1000));
        var full = await screen.Card.CallAsync(new WaitVblank(Relative | Event, 5));
        Assert.Equal((Errno.ENOMEM, (uint)now.Sequence + 5), (full.Errno, full.Value!.Sequence));
    }

    [Fact]
    public async Task Nothing_should_be_due_when_the_last_who_waited_has_left()
    {
        var screen = await LightAsync();
        Assert.False(Clock.AdvanceToNext());
        var other = await OpenAsync();
        await other.RequestVblankEventAsync(VblankTarget.Relative(100));
        await Soon(other.DisposeAsync().AsTask());
        await screen.Card.CallAsync(new CrtcGetSequence(screen.Crtc));

        Assert.False(Clock.AdvanceToNext());
    }

    private VirtualClock Clock => (VirtualClock)Host.Clock;

    private async Task<Screen> LightAsync() => await StepAsync(Screen.LightAsync(await OpenAsync()));

    // From one thing that is due to the next, and not a nanosecond further.
    private async Task<T> StepAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
            if (!Clock.AdvanceToNext())
                await Task.Yield();
        return await task;
    }

    private static async Task<bool> Then(Task task)
    {
        await task;
        return true;
    }

    private static async Task<CrtcSequence> CountAsync(Screen screen) => (await screen.Card.CallAsync(new CrtcGetSequence(screen.Crtc))).Value!;

    private static async Task<VblankReply> WaitAsync(Screen screen, VblankFlags flags, uint sequence) =>
        (await screen.Card.CallAsync(new WaitVblank(flags, sequence))).Value!;
}
