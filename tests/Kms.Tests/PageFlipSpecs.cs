using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>PAGE_FLIP's refusals, each with the kernel's errno, in its order.</summary>
public sealed class PageFlipSpecs
{
    public static TheoryData<string, Errno> Refusals => new()
    {
        { "unknown-flag", Errno.EINVAL },
        { "reserved", Errno.EINVAL },
        { "async", Errno.EINVAL },
        { "target-absolute", Errno.EINVAL },
        { "both-targets", Errno.EINVAL },
        { "bad-crtc", Errno.ENOENT },
        { "dark-crtc", Errno.EBUSY },
        { "bad-framebuffer", Errno.ENOENT },
        { "small-framebuffer", Errno.ENOSPC },
        { "other-format", Errno.EINVAL },
        { "no-event-space", Errno.ENOMEM },
        { "asleep", Errno.EINVAL },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void PageFlip_should_refuse(string reason, Errno expected)
    {
        var state = Lit(out _)
            .WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var good)
            .WithFramebuffer(800, 600, Fourcc.Xrgb8888, out var small)
            .WithFramebuffer(1920, 1080, Fourcc.Rgb565, out var other);
        if (reason == "asleep")
            state = state.With(state.Config.Find(Big)!, new CrtcState(Active: false, FullHd));
        var flip = new ModePageFlip(Big, good, PageFlipFlags.Event);
        var call = reason switch
        {
            "unknown-flag" => flip with { Flags = (PageFlipFlags)0x10 },
            "reserved" => flip with { Sequence = 1 },
            "async" => flip with { Flags = PageFlipFlags.Async },
            "target-absolute" => flip with { Flags = PageFlipFlags.TargetAbsolute, Sequence = 5 },
            "both-targets" => flip with { Flags = PageFlipFlags.TargetAbsolute | PageFlipFlags.TargetRelative },
            "bad-crtc" => flip with { Crtc = new(99) },
            "dark-crtc" => flip with { Crtc = Little, Framebuffer = new(99) },
            "bad-framebuffer" => flip with { Framebuffer = new(99) },
            "small-framebuffer" => flip with { Framebuffer = small },
            "other-format" => flip with { Framebuffer = other },
            _ => flip,
        };
        var hasSpace = !reason.StartsWith("no-event-space", StringComparison.Ordinal);

        Assert.Equal(expected, Builds.PageFlip(state, call, hasSpace, out var next));
        Assert.Same(state, next);
    }

    [Fact]
    public void PageFlip_should_show_another_framebuffer_at_the_same_place()
    {
        var state = Lit(out _).WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var second);

        Assert.Equal(Errno.None, Builds.PageFlip(state, new ModePageFlip(Big, second, PageFlipFlags.None), false, out var next));

        Assert.Equal(second, ModeQueries.Crtc(next, Big).Value!.Framebuffer);
        Assert.Equal(Big, Assert.Single(StateChanges.Between(state, next)).Id);
    }
}
