using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>A call that waited is answered behind the events that came about before it was done, and a wait can be given up.</summary>
public sealed class EventOrderSpecs : TestKit
{
    private const int Rounds = 100;

    [Fact]
    public async Task A_flips_event_should_be_there_when_the_SetCrtc_that_waited_for_it_returns()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var sink = new EventSink();
        var file = await rig.OpenAsync(events: sink);
        FramebufferId[] shown = [await file.AddFramebufferAsync(), await file.AddFramebufferAsync()];
        await file.LightAsync(shown[0]);
        for (var i = 0; i < Rounds; i++)
        {
            await file.DoAsync(new ModePageFlip(rig.Crtc, shown[1], PageFlipFlags.Event));

            await file.LightAsync(shown[0]);

            Assert.True(sink.Delivered.TryDequeue(out _), $"round {i}");
        }

        await file.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flips_event_should_be_there_when_its_framebuffer_is_damaged_or_removed(bool damaged)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var sink = new EventSink();
        var file = await rig.OpenAsync(events: sink);
        await file.LightAsync(await file.AddFramebufferAsync());
        var second = await file.AddFramebufferAsync();
        await file.DoAsync(new ModePageFlip(rig.Crtc, second, PageFlipFlags.Event));

        IIoctl<Done> call = damaged ? new ModeDirtyFb(second, DirtyFlags.None, 0, []) : new ModeRmFb(second);
        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(file.CallAsync(call))).Errno);

        Assert.IsType<FlipCompleteEvent>(Assert.Single(sink.Delivered));
        sink.Delivered.Clear();
        await file.CloseAsync();
    }

    [Fact]
    public async Task Events_of_a_vblank_should_be_there_when_a_wait_for_it_returns()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var sink = new EventSink();
        var file = await rig.OpenAsync(events: sink);
        FramebufferId[] shown = [await file.AddFramebufferAsync(), await file.AddFramebufferAsync()];
        await file.LightAsync(shown[0]);
        for (var i = 1; i <= Rounds; i++)
        {
            await file.DoAsync(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 0));
            Assert.True(sink.Delivered.TryDequeue(out _), $"an event of the past, round {i}");
            await file.DoAsync(new ModePageFlip(rig.Crtc, shown[i % 2], PageFlipFlags.Event));

            await rig.WithVblanksAsync(file.DoAsync(new WaitVblank(VblankFlags.Relative, 1)));

            Assert.True(sink.Delivered.TryDequeue(out _), $"round {i}");
        }

        await file.CloseAsync();
    }

    [Fact]
    public async Task The_device_should_tell_a_file_of_events_and_answers_in_their_order()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var opened = await rig.OpenAsync();
        var lit = await opened.AddFramebufferAsync();
        await opened.LightAsync(lit);
        var file = CreateTestProbe();
        void Call(IIoctl call) => rig.Device.Tell(new FileCall(1, file.Ref, call, Events: 1), TestActor);

        Call(new ModePageFlip(rig.Crtc, lit, PageFlipFlags.Event));
        Call(new ModeSetCrtc(rig.Crtc, lit, 0, 0, [rig.Hdmi], rig.Mode));
        Call(new ModeDirtyFb(lit, DirtyFlags.None, 0, []));
        Assert.Equal(Done.Ok, file.ExpectMsg<CallAnswer>().Reply);
        await rig.VblankAsync();

        Assert.IsType<FlipCompleteEvent>(file.ExpectMsg<DeliverEvent>().Event);
        for (var i = 0; i < 2; i++)
        {
            await rig.VblankAsync();
            Assert.Equal(new CallAnswer(TestActor, Done.Ok), file.ExpectMsg<CallAnswer>());
        }

        await opened.CloseAsync();
    }

    [Fact]
    public async Task Whoever_hears_of_a_flip_may_flip_again_at_once()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        FramebufferId[] shown = [await file.AddFramebufferAsync(), await file.AddFramebufferAsync()];
        await file.LightAsync(shown[0]);
        for (var i = 1; i <= Rounds; i++)
        {
            await file.DoAsync(new ModePageFlip(rig.Crtc, shown[i % 2], PageFlipFlags.Event));
            var read = file.DoAsync(new ReadEvents(1024, NonBlocking: false));
            await rig.VblankAsync();
            await read;
        }

        await file.CloseAsync();
    }

    [Fact]
    public async Task A_wait_that_is_given_up_should_be_EINTR_with_the_count_that_it_waited_for()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var now = (await file.DoAsync(new WaitVblank(VblankFlags.Relative, 0))).Sequence;
        var other = CreateTestProbe();
        file.Ref.Tell(new WaitVblank(VblankFlags.Relative, 7), TestActor);
        file.Ref.Tell(new WaitVblank(VblankFlags.Relative, 1), other.Ref);

        file.Ref.Tell(InterruptCall.Instance, TestActor);

        Assert.Equal(new Reply<VblankReply>(Errno.EINTR, new VblankReply(now + 7, 0)), ExpectMsg<Reply<VblankReply>>());
        file.Ref.Tell(InterruptCall.Instance, TestActor);
        await rig.VblankAsync();
        Assert.Equal(now + 1, other.ExpectMsg<Reply<VblankReply>>().Value!.Sequence);
        // Answered already: nothing more comes, and the interrupt is off.
        other.Send(file.Ref, InterruptCall.Instance);
        other.Send(file.Ref, new GetStats());
        Assert.Equal(Done.Ok, other.ExpectMsg<Reply<Done>>());
        AwaitAssert(() => Assert.Null(rig.Clock.NextDue));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_read_that_is_given_up_should_be_EINTR_and_leave_the_events_to_the_next()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        file.Ref.Tell(new ReadEvents(1024, NonBlocking: false), TestActor);
        file.Ref.Tell(InterruptCall.Instance, TestActor);
        Assert.Equal(Errno.EINTR, ExpectMsg<Reply<EventBatch>>().Errno);

        await file.DoAsync(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 0));

        Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: true))).Events);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_wait_of_a_file_that_is_closed_should_be_EBADF()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        var wait = file.CallAsync(new WaitVblank(VblankFlags.Relative, 100));

        var close = file.CallAsync(new CloseFile());

        Assert.Equal(Errno.EBADF, (await wait).Errno);
        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(close)).Errno);
    }
}
