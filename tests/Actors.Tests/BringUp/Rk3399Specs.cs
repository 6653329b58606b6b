using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Tests.Device;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>config/boards/rk3399.conf with all its real parts, under virtual time: booted, used, broken, switched off with nothing left.</summary>
public sealed class Rk3399Specs : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Arena _arena = new(new ArenaOptions { Capacity = 128 << 20 });
    private readonly VirtualClock _clock = new(start: 1_000_000_000);
    // Of each device that was allocated.
    private readonly List<CountingDriver> _drivers = [];
    private readonly TestProbe _uevents;
    private readonly IActorRef _supervisor;
    private TaskCompletionSource _armed = NewSignal();

    public Rk3399Specs()
        : base("akka.loglevel = ERROR")
    {
        _clock.Armed = () => Interlocked.Exchange(ref _armed, NewSignal()).SetResult();
        _uevents = CreateTestProbe();
        Sys.EventStream.Subscribe(_uevents.Ref, typeof(Uevent));
        _supervisor = DrmSupervisor.Start(Sys, new SupervisorSetup(_arena, _clock, board => new CountingDriver(board), DeviceOf));
    }

    [Fact]
    public async Task The_board_should_boot_show_a_picture_and_leave_nothing()
    {
        Assert.Equal(new BoardBooted(0, Errno.None, ""), await BootAsync());
        var file = await OpenAsync();
        Assert.Equal("rockchip", (await DoAsync(file, new GetVersion())).Name);
        var resources = await DoAsync(file, new ModeGetResources());
        Assert.Equal((2, 3, 3), (resources.Crtcs.Length, resources.Encoders.Length, resources.Connectors.Length));
        var hdmi = await DoAsync(file, new ModeGetConnector(resources.Connectors[0]));
        Assert.Equal((ConnectorType.HdmiA, ConnectorStatus.Connected), (hdmi.Type, hdmi.Status));
        foreach (var id in resources.Connectors[1..])
            Assert.Equal(ConnectorStatus.Disconnected, (await DoAsync(file, new ModeGetConnector(id))).Status);

        await LightAsync(file, resources.Crtcs[0], hdmi);
        await DoAsync(file, new CloseFile());
        await ShutdownAsync();
        NothingShouldBeLeft();
        Assert.Equal(
            [new Uevent(UeventAction.Add, 0), new Uevent(UeventAction.Remove, 0)],
            [_uevents.ExpectMsg<Uevent>(), _uevents.ExpectMsg<Uevent>()]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_boot_that_fails_should_leave_nothing_and_the_next_one_work(int step)
    {
        Assert.Equal(Errno.ENOMEM, (await BootAsync(BindFaults.AtStep(step, Errno.ENOMEM))).Errno);
        NothingShouldBeLeft();
        Assert.Equal(new BoardBooted(0, Errno.None, ""), await BootAsync());
        await ShutdownAsync();
        NothingShouldBeLeft();
    }

    [Fact]
    public async Task A_vop_that_crashes_should_answer_everybody_ENODEV_and_let_the_board_boot_again()
    {
        await BootAsync();
        var file = await OpenAsync();
        var resources = await DoAsync(file, new ModeGetResources());
        await LightAsync(file, resources.Crtcs[0], await DoAsync(file, new ModeGetConnector(resources.Connectors[0])));
        var waiting = AskAsync<Reply<EventBatch>>(file, new ReadEvents(1024, NonBlocking: false));
        var vop = await Sys.ActorSelection("/user/drm/master-rk3399/vopb").ResolveOne(Patience);
        vop.Tell(Kill.Instance);

        Assert.Equal(Errno.ENODEV, (await waiting).Errno);
        Assert.Equal(Errno.ENODEV, (await AskAsync<Reply<DriverVersion>>(file, new GetVersion())).Errno);
        Assert.Equal(Errno.ENODEV, (await AskAsync<Reply<CardOpened>>(_supervisor, new OpenCard(0, new Credentials(1, 0)))).Errno);
        AwaitAssert(() => Assert.Null(Find("/user/drm/master-rk3399")));
        Assert.NotNull(Find("/user/drm/card0"));
        await DoAsync(file, new CloseFile());
        AwaitAssert(NothingShouldBeLeft);

        Assert.Equal(new BoardBooted(0, Errno.None, ""), await BootAsync());
        await ShutdownAsync();
        NothingShouldBeLeft();
    }

    [Fact]
    public async Task Switching_off_should_end_files_that_are_open_and_take_their_memory_back()
    {
        await BootAsync();
        var file = await OpenAsync();
        var resources = await DoAsync(file, new ModeGetResources());
        await LightAsync(file, resources.Crtcs[0], await DoAsync(file, new ModeGetConnector(resources.Connectors[0])));
        await ShutdownAsync();

        Assert.Equal(Errno.ENODEV, (await AskAsync<Reply<DriverVersion>>(file, new GetVersion())).Errno);
        NothingShouldBeLeft();
    }

    [Fact]
    public async Task A_card_whose_range_a_native_driver_wants_should_be_unplugged_for_its_clients()
    {
        await BootAsync();
        var file = await OpenAsync();
        var aperture = await Sys.ActorSelection("/user/drm/aperture").ResolveOne(Patience);
        var card = await Sys.ActorSelection("/user/drm/card0").ResolveOne(Patience);
        var range = new ApertureRange("rk3399", 0xf700_0000, 0x1000);
        Assert.Equal(Errno.None, (await AskAsync<ApertureAcquired>(aperture, new AcquireAperture(range, card))).Errno);

        await AskAsync<ConflictsRemoved>(aperture, new RemoveConflicting("rk3399", range));
        Assert.Equal(Errno.ENODEV, (await AskAsync<Reply<DriverVersion>>(file, new GetVersion())).Errno);
        Assert.Equal(Errno.None, (await AskAsync<ApertureAcquired>(aperture, new AcquireAperture(range, _supervisor))).Errno);
        await ShutdownAsync();
        NothingShouldBeLeft();
    }

    [Fact]
    public async Task A_monitor_that_is_pulled_out_should_be_told_to_udev_and_found_gone()
    {
        await BootAsync();
        var file = await OpenAsync();
        var hdmi = (await DoAsync(file, new ModeGetResources())).Connectors[0];
        _uevents.ExpectMsg(new Uevent(UeventAction.Add, 0));
        await AskAsync<Reply<Done>>(_supervisor, new PlugCard(0, hdmi, new PlugMonitor(ConnectorStatus.Disconnected, [])));

        _uevents.ExpectMsg(new Uevent(UeventAction.Change, 0, Hotplug: true, Connector: hdmi));
        Assert.Equal(ConnectorStatus.Disconnected, (await DoAsync(file, new ModeGetConnector(hdmi))).Status);
        await ShutdownAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        var left = _arena.Close();
        Assert.True(left.IsClean, left.ToString());
    }

    private Props DeviceOf(DeviceSetup setup)
    {
        _drivers.Add((CountingDriver)setup.Driver);
        return DrmDevice.Props(setup);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<T> AskAsync<T>(IActorRef actor, object message) => WithVblanksAsync(actor.Ask<T>(message, Patience));

    // Time runs while a call waits for it, and stands still otherwise.
    private async Task<T> WithVblanksAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            var armed = Volatile.Read(ref _armed).Task;
            if (!_clock.AdvanceToNext())
                await Task.WhenAny(call, armed);
        }

        return await call;
    }

    private Task<BoardBooted> BootAsync(BindFaults? faults = null) =>
        AskAsync<BoardBooted>(_supervisor, new BootBoard(BoardLoader.Load("rk3399"), faults));

    private Task<BoardsDown> ShutdownAsync() => AskAsync<BoardsDown>(_supervisor, ShutdownBoards.Instance);

    private async Task<IActorRef> OpenAsync() =>
        (await AskAsync<Reply<CardOpened>>(_supervisor, new OpenCard(0, new Credentials(1, 0)))).Value!.File;

    private async Task<T> DoAsync<T>(IActorRef file, IIoctl<T> call)
        where T : class
    {
        var reply = await AskAsync<Reply<T>>(file, call);
        Assert.Equal(Errno.None, reply.Errno);
        return reply.Value!;
    }

    private async Task LightAsync(IActorRef file, CrtcId crtc, ModeConnector connector)
    {
        var dumb = await DoAsync(file, new ModeCreateDumb(1920, 1080, 32));
        var framebuffer = await DoAsync(file, new ModeAddFb(1920, 1080, dumb.Pitch, 32, 24, dumb.Handle));
        await DoAsync(file, new ModeSetCrtc(crtc, framebuffer.Id, 0, 0, [connector.Id], connector.Modes[0]));
    }

    private static bool IsOfTheDevice(string call) => call is "lastclose" or "release";

    private IActorRef? Find(string path)
    {
        var asker = CreateTestProbe();
        Sys.ActorSelection(path).Tell(new Identify(path), asker.Ref);
        return asker.ExpectMsg<ActorIdentity>().Subject;
    }

    private void NothingShouldBeLeft()
    {
        Assert.Null(Find("/user/drm/master-rk3399"));
        Assert.Null(Find("/user/drm/card0"));
        // However it ended: what the driver was told began and ended as often, and each device was released once.
        foreach (var driver in _drivers)
        {
            Assert.Equal(driver.Opened, driver.Closed);
            Assert.Equal(driver.HandlesOpened, driver.HandlesClosed);
            Assert.Equal(driver.Opened > 0 ? ["lastclose", "release"] : new[] { "release" }, driver.Calls.Where(IsOfTheDevice));
        }

        var left = LeakReport.Of(_arena.Usage);
        Assert.True(left.IsClean, left.ToString());
    }
}
