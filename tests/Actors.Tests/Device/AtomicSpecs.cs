using Akka.TestKit.Xunit2;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Atomic commits on a real VOP under a clock advanced by hand: what waits for what.</summary>
public sealed class AtomicSpecs : TestKit
{
    private const AtomicFlags NonBlocking = AtomicFlags.NonBlock | AtomicFlags.PageFlipEvent;

    [Fact]
    public async Task A_busy_crtc_should_refuse_another_non_blocking_commit_and_no_test()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        await file.DoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        var flip = Commit(rig, NonBlocking, userData: 1);

        await file.DoAsync(flip);
        await file.RefusedAsync(Errno.EBUSY, flip);
        await file.RefusedAsync(Errno.EINVAL, flip with { Flags = AtomicFlags.PageFlipAsync });
        await file.DoAsync(flip with { Flags = AtomicFlags.NonBlock | AtomicFlags.TestOnly });
        await file.RefusedAsync(Errno.EAGAIN, new ReadEvents(1024, NonBlocking: true));
        var blocking = file.CallAsync(flip with { Flags = AtomicFlags.PageFlipEvent, UserData = 2 });
        await rig.WithVblanksAsync(blocking);

        Assert.Equal(Errno.None, (await blocking).Errno);
        var told = (await file.DoAsync(new ReadEvents(1024, NonBlocking: true))).Events.Cast<FlipCompleteEvent>().ToList();
        Assert.Equal([1ul, 2ul], told.Select(e => e.UserData));
        Assert.True(told[0].Sequence < told[1].Sequence);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_commit_that_switches_off_should_tell_its_event_and_one_of_the_dark_be_refused()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        await file.DoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        var off = Commit(rig, AtomicFlags.AllowModeset | AtomicFlags.PageFlipEvent, userData: 9, active: 0);

        await file.DoAsync(off);

        Assert.IsType<FlipCompleteEvent>(Assert.Single((await file.DoAsync(new ReadEvents(1024, NonBlocking: true))).Events));
        await file.RefusedAsync(Errno.EINVAL, off);
        // What was reserved for the refused one is free again: all of the space can be asked for.
        await file.LightAsync(await file.AddFramebufferAsync());
        for (var i = 0; i < DrmEvent.Space / VblankEvent.Bytes; i++)
            await file.DoAsync(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 1));
        await file.RefusedAsync(Errno.ENOMEM, Commit(rig, NonBlocking, userData: 3));
        await file.CloseAsync();
    }

    private static ModeAtomic Commit(DeviceRig rig, AtomicFlags flags, ulong userData, ulong active = 1) =>
        new(flags, [new AtomicObject(rig.Crtc.Value, [new PropertyValue(StandardProperties.Active.Id, active)])], userData);
}
