using DrmActors.Messages;
using static DrmActors.Messages.PageFlipFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>PAGE_FLIP at a vblank of choice, on a board that can, by a clock that the test moves.</summary>
public sealed class TargetFlipTests : HostTest
{
    protected override void Configure(DrmHostOptions options)
    {
        options.Boards[0] = "wall";
        options.Time = TimeMode.Manual;
    }

    [Theory]
    [InlineData(TargetRelative, 0, Errno.None)]
    [InlineData(TargetRelative, 1, Errno.None)]
    [InlineData(TargetRelative, 2, Errno.EINVAL)]
    [InlineData(TargetRelative, uint.MaxValue, Errno.EINVAL)]
    [InlineData(TargetAbsolute, 0, Errno.None)]
    [InlineData(TargetAbsolute, 1, Errno.None)]
    [InlineData(TargetAbsolute, 2, Errno.EINVAL)]
    [InlineData(TargetAbsolute, -1, Errno.None)]
    [InlineData(TargetAbsolute, int.MinValue, Errno.None)] // as far behind as can be
    [InlineData(TargetAbsolute, int.MaxValue, Errno.EINVAL)]
    [InlineData(TargetAbsolute | TargetRelative, 0, Errno.EINVAL)]
    [InlineData(None, 1, Errno.EINVAL)]
    public async Task A_flip_should_aim_at_the_next_vblank_at_the_latest(PageFlipFlags flags, long ahead, Errno expected)
    {
        var screen = await LightAsync();
        var count = (await screen.Card.CallAsync(new CrtcGetSequence(screen.Crtc))).Value!.Sequence;
        var sequence = unchecked((uint)(flags == TargetAbsolute ? (long)count + ahead : ahead));

        var reply = await Soon(screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, flags | Event, 7, sequence)));

        Assert.Equal(expected, reply.Errno);
        if (expected != Errno.None)
            return;
        var flip = Assert.IsType<FlipCompleteEvent>(await WithTimeAsync(screen.Card.NextEventAsync()));
        Assert.Equal((7ul, (uint)count + 1), (flip.UserData, flip.Sequence));
    }

    [Fact]
    public async Task A_refused_flip_should_give_its_event_space_back()
    {
        var screen = await LightAsync();
        for (var i = 0; i < 200; i++)
            Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, TargetRelative | Event, 7, 9))).Errno);
        Assert.Equal(Errno.None, (await screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, TargetRelative | Event, 7, 1))).Errno);
        Assert.IsType<FlipCompleteEvent>(await WithTimeAsync(screen.Card.NextEventAsync()));
    }

    [Fact]
    public async Task A_CRTC_that_is_off_should_have_no_vblank_to_aim_at_and_an_unknown_one_be_ENOENT()
    {
        var screen = await LightAsync();
        var dark = (await screen.Card.GetResourcesAsync()).Crtcs[1];

        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new ModePageFlip(dark, screen.Framebuffer, None))).Errno);
        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new ModePageFlip(dark, screen.Framebuffer, TargetRelative, 0, 1))).Errno);
        Assert.Equal(Errno.ENOENT, (await screen.Card.CallAsync(new ModePageFlip(new CrtcId(4711), screen.Framebuffer, TargetRelative, 0, 1))).Errno);
    }

    [Fact]
    public async Task Only_boards_that_can_should_say_so()
    {
        var wall = await OpenAsync();
        await using var other = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" } });
        await using var card = await other.OpenAsync();
        var screen = await Screen.LightAsync(card);

        Assert.Equal(1ul, await wall.GetCapAsync(Capability.PageFlipTarget));
        Assert.Equal(0ul, await card.GetCapAsync(Capability.PageFlipTarget));
        // Before it is looked at whether there is anything to flip to.
        Assert.Equal(Errno.EINVAL, (await card.CallAsync(new ModePageFlip(screen.Crtc, new FramebufferId(4711), TargetRelative, 0, 1))).Errno);
    }

    private async Task<Screen> LightAsync() => await WithTimeAsync(Screen.LightAsync(await OpenAsync()));
}
