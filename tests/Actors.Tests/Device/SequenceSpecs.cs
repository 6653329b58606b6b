using Akka.TestKit.Xunit2;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>CRTC_GET_SEQUENCE and CRTC_QUEUE_SEQUENCE on a real VOP, and counts that a client makes up.</summary>
public sealed class SequenceSpecs : TestKit
{
    [Fact]
    public async Task Sequences_should_be_told_and_queued_in_64_bits_with_their_exact_times()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.RefusedAsync(Errno.EINVAL, new CrtcGetSequence(rig.Crtc));
        await file.RefusedAsync(Errno.EINVAL, new CrtcQueueSequence(rig.Crtc, SequenceFlags.Relative, 1));
        await file.LightAsync(await file.AddFramebufferAsync());
        await file.RefusedAsync(Errno.ENOENT, new CrtcGetSequence(new(9)));
        await file.RefusedAsync(Errno.EINVAL, new CrtcQueueSequence(rig.Crtc, (SequenceFlags)8, 1));

        var now = await file.DoAsync(new CrtcGetSequence(rig.Crtc));
        Assert.Equal((true, rig.Clock.Now), (now.Active, now.Time));
        var queued = await file.DoAsync(new CrtcQueueSequence(rig.Crtc, SequenceFlags.Relative, 2, UserData: 66));
        Assert.Equal(now.Sequence + 2, queued.Sequence);
        var read = file.DoAsync(new ReadEvents(1024, NonBlocking: false));
        await rig.VblankAsync();

        Assert.Equal(new CrtcSequenceEvent(66, queued.Sequence, rig.Clock.Now), Assert.Single((await read).Events));
        // What has passed is queued for now, and can be read at once.
        Assert.Equal(queued.Sequence, (await file.DoAsync(new CrtcQueueSequence(rig.Crtc, SequenceFlags.None, now.Sequence))).Sequence);
        Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: true))).Events);
        await file.CloseAsync();
    }

    [Theory]
    [InlineData(1ul << 62)]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue - (1 << 24))]
    public async Task A_count_that_never_comes_should_harm_nobody(ulong count)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());

        Assert.Equal(count, (await file.DoAsync(new CrtcQueueSequence(rig.Crtc, SequenceFlags.None, count))).Sequence);

        await rig.WithVblanksAsync(file.DoAsync(new WaitVblank(VblankFlags.Relative, 1)));
        await file.RefusedAsync(Errno.EAGAIN, new ReadEvents(1024, NonBlocking: true));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_sequence_without_event_space_should_be_ENOMEM()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        for (var i = 0; i < DrmEvent.Space / VblankEvent.Bytes; i++)
            await file.DoAsync(new CrtcQueueSequence(rig.Crtc, SequenceFlags.Relative, 1));

        await file.RefusedAsync(Errno.ENOMEM, new CrtcQueueSequence(rig.Crtc, SequenceFlags.Relative, 1));
        await file.CloseAsync();
    }
}
