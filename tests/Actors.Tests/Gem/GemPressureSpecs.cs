using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Tests.Device;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Gem;

/// <summary>
/// What becomes of a buffer that waits for room while the one that could give it is asked: that does not answer before the test lets its driver go on.
/// One buffer fits.
/// </summary>
public sealed class GemPressureSpecs : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ModeCreateDumb Buffer = new(64, 64, 32);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _goOn = new();

    [Fact]
    public async Task It_should_have_the_room_when_the_other_has_given_it()
    {
        await using var rig = await StartAsync();
        var (owner, closing) = await HoldAsync(rig);
        var other = await rig.OpenAsync();
        var making = other.CallAsync(Buffer);
        await HasComeAsync(rig, other);
        Assert.False(making.IsCompleted);
        _goOn.Set();

        Assert.Equal(Errno.None, (await making.WaitAsync(Patience)).Errno);
        await closing.WaitAsync(Patience);
        // What has gone is gone: the same again finds nobody to ask.
        await other.RefusedAsync(Errno.ENOMEM, Buffer);
        await CloseAsync(owner, other);
    }

    [Fact]
    public async Task It_should_have_the_room_when_the_other_has_ended()
    {
        await using var rig = await StartAsync();
        var (owner, closing) = await HoldAsync(rig);
        var other = await rig.OpenAsync();
        // The last handle goes before the question comes.
        var ending = owner.CallAsync(new GemClose(new(1)));
        await owner.DoAsync(new GetVersion());
        var making = other.CallAsync(Buffer);
        await HasComeAsync(rig, other);
        _goOn.Set();

        Assert.Equal(Errno.None, (await making.WaitAsync(Patience)).Errno);
        Assert.Equal(Errno.None, (await ending.WaitAsync(Patience)).Errno);
        await closing.WaitAsync(Patience);
        await CloseAsync(owner, other);
    }

    [Fact]
    public async Task It_should_be_refused_at_once_when_its_file_is_closed()
    {
        await using var rig = await StartAsync();
        var (owner, closing) = await HoldAsync(rig);
        var other = await rig.OpenAsync();
        var making = other.CallAsync(Buffer);
        await HasComeAsync(rig, other);

        await other.CloseAsync();

        Assert.Equal(Errno.EBADF, (await making.WaitAsync(Patience)).Errno);
        _goOn.Set();
        await closing.WaitAsync(Patience);
        await CloseAsync(owner);
    }

    [Fact]
    public async Task It_should_be_refused_when_its_device_ends()
    {
        using var arena = new Arena(new ArenaOptions { Capacity = 1 << 20 });
        var board = BoardLoader.Load("rk3399");
        board = board with { Memory = board.Memory with { Limit = 4096 } };
        var driver = new CountingDriver(board) { Entered = HoldAtClose };
        var core = Sys.ActorOf(GemCore.Props(new DeviceSetup(Minor: 0, board, driver, arena, new VirtualClock())));
        await core.Ask<Reply<DumbBuffer>>(Create(1), Patience);
        var reference = Assert.Single((await core.Ask<Reply<ObjectList>>(new ListObjects(), Patience)).Value!.Objects);
        await reference.Object.Ask<Reply<ObjectAdvised>>(new AdviseObject(new(1), IsNeeded: false), Patience);
        reference.Object.Tell(new DropReference(new Holder(HolderKind.File, 1)), ActorRefs.NoSender);
        await _entered.Task.WaitAsync(Patience);
        var making = core.Ask<Reply<DumbBuffer>>(Create(2), Patience);
        await core.Ask<Reply<ObjectList>>(new ListObjects(), Patience);

        // It ends when its objects have.
        var ending = core.GracefulStop(Patience);
        _goOn.Set();

        Assert.Equal(Errno.ENODEV, (await making.WaitAsync(Patience)).Errno);
        Assert.True(await ending);
        Assert.Equal(0, arena.Usage.Objects);
    }

    /// <summary>Its memory is the exporter's, and counts there.</summary>
    [Fact]
    public async Task What_was_imported_should_take_no_room()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await StartAsync(beside: exporter);
        var source = await exporter.OpenAsync();
        var descriptor = (await source.DoAsync(new PrimeHandleToFd((await source.DoAsync(Buffer)).Handle, PrimeFlags.None))).Descriptor;
        var file = await importer.OpenAsync();
        await file.DoAsync(new PrimeFdToHandle(descriptor));

        await file.DoAsync(Buffer);
        await file.RefusedAsync(Errno.ENOMEM, Buffer);
        exporter.Descriptors.Close(descriptor);
        await CloseAsync(source, file);
    }

    protected override void AfterAll()
    {
        _goOn.Set();
        base.AfterAll();
    }

    private Task<DeviceRig> StartAsync(DeviceRig? beside = null) => DeviceRig.StartAsync(Sys, beside: beside, limit: 64 * 64 * 4);

    // A buffer that nobody needs, whose actor is in the middle of a close of its second handle.
    private async Task<(OpenFile Owner, Task Closing)> HoldAsync(DeviceRig rig)
    {
        var (owner, second) = (await rig.OpenAsync(), await rig.OpenAsync());
        var handle = (await owner.DoAsync(Buffer)).Handle;
        var opened = await second.DoAsync(new GemOpen((await owner.DoAsync(new GemFlink(handle))).Name));
        var reference = Assert.Single((await rig.AskAsync<Reply<ObjectList>>(rig.Gem, new ListObjects())).Value!.Objects);
        await rig.AskAsync<Reply<ObjectAdvised>>(reference.Object, new AdviseObject(handle, IsNeeded: false));
        rig.Driver.Entered = HoldAtClose;
        var closing = CloseSecondAsync();
        await _entered.Task.WaitAsync(Patience);
        return (owner, closing);

        async Task CloseSecondAsync()
        {
            await second.DoAsync(new GemClose(opened.Handle));
            await second.CloseAsync();
        }
    }

    private void HoldAtClose(string callback)
    {
        if (callback == "close" && _entered.TrySetResult())
            _goOn.Wait(Patience);
    }

    private CreateObject Create(ulong file) => new(
        new Holder(HolderKind.File, file), 4096, ArenaBacking.Shared, TestActor, new GemHandle(1), Buffer, Reply<DumbBuffer>.Success(new DumbBuffer(new(1), 256, 4096)));

    // Behind what the file was asked, and has passed on.
    private static async Task HasComeAsync(DeviceRig rig, OpenFile file)
    {
        await file.DoAsync(new GetVersion());
        await rig.AskAsync<Reply<ObjectList>>(rig.Gem, new ListObjects());
    }

    private static async Task CloseAsync(params OpenFile[] files)
    {
        foreach (var file in files)
            await file.CloseAsync();
    }
}
