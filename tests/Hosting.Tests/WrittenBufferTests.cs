using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Whatever call shows a buffer waits for those who write to it, and that wait ends in every way in which one can.</summary>
public sealed class WrittenBufferTests : HostTest
{
    private FencedScreen _screen = null!;
    private Reservation? _reservation;

    public static TheoryData<string, string, Errno> Ends()
    {
        var ends = new TheoryData<string, string, Errno>();
        foreach (var call in (string[])["SETCRTC", "SETPLANE", "OBJ_SETPROPERTY", "DIRTYFB", "CURSOR", "ATOMIC"])
        {
            ends.Add(call, "signal", Errno.None);
            ends.Add(call, "interrupt", Errno.EINTR);
            ends.Add(call, "close", Errno.EBADF);
            ends.Add(call, "unplug", Errno.ENODEV);
        }

        return ends;
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_call_that_shows_a_buffer_should_wait_for_its_writers(string name, string end, Errno expected)
    {
        var (call, fence) = await WrittenAsync(name);
        var before = _screen.Shown;
        var (answer, caller) = _screen.Tell(call);
        await FramesAsync();
        Assert.False(answer.IsCompleted);
        Assert.True(fence.HasWaiters);
        Assert.Equal(before, _screen.Shown);

        switch (end)
        {
            case "signal":
                fence.Signal(Host.Clock.Now);
                break;
            case "interrupt":
                _screen.Card.File.Tell(InterruptCall.Instance, caller);
                break;
            case "close":
                await Soon(_screen.Card.DisposeAsync().AsTask());
                break;
            case "unplug":
                await Soon(Host.UnplugBoardAsync("rk3399"));
                break;
        }

        Assert.Equal(expected, (await Soon(answer)).Errno);
        Assert.False(fence.HasWaiters);
        if (expected == Errno.EINTR)
        {
            // Nothing of it was done, and nobody is in the way.
            Assert.Equal(before, _screen.Shown);
            Assert.Equal(Errno.None, (await _screen.Card.CallAsync(new ModePageFlip(_screen.Screen.Crtc, _screen.Screen.Framebuffer, PageFlipFlags.None))).Errno);
        }
    }

    [Fact]
    public async Task A_cursor_that_moves_should_wait_for_nobody()
    {
        var (call, fence) = await WrittenAsync("CURSOR");
        fence.Signal(Host.Clock.Now);
        Assert.Equal(Errno.None, (await Soon(_screen.Card.CallAsync((ModeCursor)call))).Errno);
        var (late, _) = _screen.Fence();
        _reservation!.Add(late, FenceUsage.Write);
        Assert.Equal(Errno.None, (await Soon(_screen.Card.CallAsync(new ModeCursor(CursorFlags.Move, _screen.Screen.Crtc, 5, 5, 0, 0, default)))).Errno);
        Assert.False(late.HasWaiters);
    }

    public override async Task DisposeAsync()
    {
        _screen.CloseAll();
        await base.DisposeAsync();
    }

    private async Task LightAsync() => _screen = await FencedScreen.LightAsync(Host, await OpenAsync());

    // The call, and who still writes to what it shows.
    private async Task<(IIoctl Call, Fence Fence)> WrittenAsync(string name)
    {
        await LightAsync();
        var (screen, primary, fence) = (_screen.Screen, _screen.Primary, _screen.Fence().Fence);
        var (width, height) = (screen.Mode.HDisplay, screen.Mode.VDisplay);
        var cursor = await screen.Card.CreateDumbAsync(64, 64);
        _reservation = name == "CURSOR" ? await _screen.ReservationAsync(await screen.Card.AddFbAsync(cursor)) : await _screen.ReservationAsync();
        if (name == "DIRTYFB")
            await Soon(_screen.CommitAsync(_screen.Flip(AtomicFlags.None, outFence: FencedScreen.Pointer)));
        _reservation.Add(fence, FenceUsage.Write);
        return (name switch
        {
            "SETCRTC" => new ModeSetCrtc(screen.Crtc, _screen.Other, 0, 0, [screen.Connector.Id], screen.Mode),
            "SETPLANE" => new ModeSetPlane(primary.Id, screen.Crtc, _screen.Other, 0, 0, width, height, 0, 0, (uint)width << 16, (uint)height << 16),
            "OBJ_SETPROPERTY" => new ModeObjSetProperty(primary.Id.Value, ObjectType.Plane, StandardProperties.FbId.Id, _screen.Other.Value),
            "DIRTYFB" => new ModeDirtyFb(_screen.Other, DirtyFlags.None, 0, []),
            "CURSOR" => new ModeCursor(CursorFlags.Bo, screen.Crtc, 0, 0, 64, 64, cursor.Handle),
            _ => _screen.Flip(AtomicFlags.None),
        }, fence);
    }

    private Task FramesAsync() => Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
}
