using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Calls that wait behind a commit which waits for its fence, in a time that the tests move.</summary>
public sealed class WaitingCallTests : HostTest
{
    private FencedScreen _screen = null!;
    private Fence _fence = null!;
    private Fence _shown = null!;

    protected override void Configure(DrmHostOptions options) => options.Time = TimeMode.Manual;

    [Theory]
    [InlineData("SETCRTC")]
    [InlineData("ATOMIC")]
    [InlineData("DPMS")]
    public async Task What_is_given_up_should_hurry_nobody(string name)
    {
        await FlipAsync();
        var (answer, caller) = _screen.Tell(CallOf(name));
        await PassAsync();
        Assert.False(answer.IsCompleted);

        _screen.Card.File.Tell(InterruptCall.Instance, caller);

        Assert.Equal(Errno.EINTR, (await Soon(answer)).Errno);
        // Longer than anybody would have waited behind it.
        Host.AdvanceTime(TimeSpan.FromSeconds(15));
        await PassAsync();
        Assert.False(_shown.IsSignaled);
        await ShowAsync();
    }

    [Fact]
    public async Task What_still_waits_should_wait_ten_seconds()
    {
        await FlipAsync();
        var (given, caller) = _screen.Tell(CallOf("SETCRTC"));
        var (waiting, _) = _screen.Tell(CallOf("ATOMIC"));
        await PassAsync();
        _screen.Card.File.Tell(InterruptCall.Instance, caller);
        Assert.Equal(Errno.EINTR, (await Soon(given)).Errno);
        Host.AdvanceTime(TimeSpan.FromSeconds(9.9));
        await PassAsync();
        Assert.False(_shown.IsSignaled);
        Assert.Equal(Errno.None, (await Soon(WithTimeAsync(waiting))).Errno);
        Assert.True(_shown.IsSignaled);
    }

    [Theory]
    [InlineData("SETCRTC")]
    [InlineData("ATOMIC")]
    [InlineData("DPMS")]
    public async Task Nothing_should_be_done_after_its_file(string name)
    {
        await FlipAsync();
        var other = await OpenAsync();
        var (answer, _) = _screen.Tell(CallOf(name));
        await PassAsync();
        var closing = _screen.Card.DisposeAsync().AsTask();
        Assert.Equal(Errno.EBADF, (await Soon(answer)).Errno);
        _fence.Signal(Host.Clock.Now);
        await Soon(WithTimeAsync(closing));
        Assert.True(other.View.Snapshot[_screen.Config.Find(_screen.Screen.Crtc)!].Active);
    }

    public override async Task DisposeAsync()
    {
        _screen.CloseAll();
        await base.DisposeAsync();
    }

    private async Task FlipAsync()
    {
        _screen = await Soon(WithTimeAsync(FencedScreen.LightAsync(Host, await OpenAsync())));
        (_fence, var file) = _screen.Fence();
        _shown = await _screen.CommitAsync(_screen.Flip(AtomicFlags.NonBlock, file.Number, FencedScreen.Pointer));
    }

    private IIoctl CallOf(string name) => name switch
    {
        "SETCRTC" => new ModeSetCrtc(_screen.Screen.Crtc, _screen.Other, 0, 0, [_screen.Screen.Connector.Id], _screen.Screen.Mode),
        "DPMS" => new ModeObjSetProperty(_screen.Screen.Connector.Id.Value, ObjectType.Connector, StandardProperties.Dpms.Id, 3),
        _ => _screen.Flip(AtomicFlags.None),
    };

    // Behind what was asked of the device before.
    private Task PassAsync() => Soon(_screen.Card.CallAsync(new GetMagic()));

    private async Task ShowAsync()
    {
        _fence.Signal(Host.Clock.Now);
        await Soon(WithTimeAsync(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3))));
        Assert.True(_shown.IsSignaled);
    }
}
