using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Device;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Calls that wait for a fence, and how their waits end.</summary>
public class FenceWaitSpecs : TestKit
{
    private readonly FenceContexts _contexts = new();
    private Descriptor _work = Descriptor.None;

    [Fact]
    public async Task A_commit_whose_caller_gives_up_should_be_EINTR_and_change_nothing()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, view, fence, commit) = await CommitAsync(rig);
        var before = view.State;

        file.Ref.Tell(InterruptCall.Instance, CreateTestProbe().Ref);
        file.Ref.Tell(InterruptCall.Instance, TestActor);

        Assert.Equal(Errno.EINTR, ExpectMsg<Reply<AtomicDone>>().Errno);
        Assert.False(fence.HasWaiters);
        Assert.Same(before, view.State);
        // Nothing is in its way, and an interrupt finds nobody any more.
        file.Ref.Tell(InterruptCall.Instance, TestActor);
        fence.Signal(time: 1);
        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(file.CallAsync(commit))).Errno);
        view.Descriptors.Close(_work);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_commit_of_a_file_that_is_closed_should_be_EBADF()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, view, fence, _) = await CommitAsync(rig);
        view.Descriptors.Close(_work);
        await file.CloseAsync();
        Assert.Equal(Errno.EBADF, ExpectMsg<Reply<AtomicDone>>().Errno);
        Assert.False(fence.HasWaiters);
    }

    [Fact]
    public async Task A_commit_on_a_device_that_goes_should_be_ENODEV()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, view, fence, _) = await CommitAsync(rig);
        view.Descriptors.Close(_work);
        await rig.UnplugAsync();
        Assert.Equal(Errno.ENODEV, ExpectMsg<Reply<AtomicDone>>().Errno);
        Assert.False(fence.HasWaiters);
        await file.CallAsync(new CloseFile());
    }

    // Blocking, and under way in the name of the test's actor.
    private async Task<(OpenFile File, DeviceView View, Fence Fence, ModeAtomic Commit)> CommitAsync(DeviceRig rig)
    {
        var file = await rig.OpenAsync();
        await file.LightAsync(await file.AddFramebufferAsync());
        await file.DoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        var view = (await rig.AskAsync<Reply<CardView>>(rig.Device, new ViewCard(0))).Value!.View;
        var fence = new FenceTimeline("test", "work", _contexts.Next()).Next();
        _work = view.Descriptors.Add(new SyncFile(fence, view.Descriptors, _contexts));
        var primary = view.State.Config.Find(rig.Crtc)!.Primary.Value;
        var commit = new ModeAtomic(AtomicFlags.None, [new AtomicObject(primary, [new PropertyValue(StandardProperties.InFenceFd.Id, (ulong)_work.Number)])]);
        file.Ref.Tell(commit, TestActor);
        AwaitAssert(() => Assert.True(fence.HasWaiters));
        return (file, view, fence, commit);
    }
}
