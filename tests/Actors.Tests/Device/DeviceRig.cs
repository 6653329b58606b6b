using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Scanout;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>
/// A device with one real VOP and one monitor, brought up by hand, on a clock that the test advances. At the end nothing may be left.
/// </summary>
internal sealed class DeviceRig : IAsyncDisposable
{
    public const int Minor = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TaskCompletionSource _armed = NewSignal();
    private readonly ActorSystem _system;
    private bool _unplugged;

    private readonly DeviceRig? _beside;

    private DeviceRig(ActorSystem system, long capacity, DeviceRig? beside)
    {
        _system = system;
        _beside = beside;
        Arena = beside?.Arena ?? new Arena(new ArenaOptions { Capacity = capacity });
        Descriptors = beside?.Descriptors ?? new();
        Clock.Armed = () => Interlocked.Exchange(ref _armed, NewSignal()).SetResult();
    }

    public Arena Arena { get; }

    public DescriptorTable Descriptors { get; }

    public VirtualClock Clock { get; } = new(start: 1_000_000_000);

    public CountingDriver Driver { get; private set; } = null!;

    public IActorRef Device { get; private set; } = null!;

    public IActorRef Gem { get; private set; } = null!;

    public IActorRef Vop { get; private set; } = null!;

    public ModeInfo Mode { get; private set; } = null!;

    public CrtcId Crtc { get; private set; }

    public ConnectorId Hdmi { get; private set; }

    /// <param name="beside">A device of the same host: it shares memory and descriptors with that, and ends before it.</param>
    /// <param name="limit">In bytes, of all its buffers; null for none.</param>
    public static async Task<DeviceRig> StartAsync(
        ActorSystem system,
        bool console = false,
        long capacity = 64 << 20,
        Func<BoardDescription, CountingDriver>? driver = null,
        DeviceRig? beside = null,
        long? limit = null)
    {
        var rig = new DeviceRig(system, capacity, beside);
        await rig.BringUpAsync(console, driver ?? (board => new CountingDriver(board)), limit);
        return rig;
    }

    public Task<T> AskAsync<T>(IActorRef actor, object message) => actor.Ask<T>(message, Patience);

    public async Task<OpenFile> OpenAsync(int userId = 0, int processId = 1, IEventSink? events = null)
    {
        var opened = await AskAsync<Reply<CardOpened>>(Device, new OpenCard(Minor, new Credentials(processId, userId), events));
        Assert.Equal(Errno.None, opened.Errno);
        return new OpenFile(this, opened.Value!.File);
    }

    /// <summary>Waits until the vblank interrupt is on, and lets it fire.</summary>
    public async Task VblankAsync()
    {
        var armed = Volatile.Read(ref _armed).Task;
        for (; !Clock.AdvanceToNext(); armed = Volatile.Read(ref _armed).Task)
            await armed.WaitAsync(Patience);
    }

    /// <summary>Vblanks until a call is answered.</summary>
    public async Task<T> WithVblanksAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            var armed = Volatile.Read(ref _armed).Task;
            if (!Clock.AdvanceToNext())
                await Task.WhenAny(call, armed).WaitAsync(Patience);
        }

        return await call;
    }

    public async Task UnplugAsync()
    {
        _unplugged = true;
        await AskAsync<DeviceStep>(Device, UnplugDevice.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_unplugged)
            await UnplugAsync();
        await Vop.GracefulStop(Patience);
        if (_beside is null)
        {
            var left = Arena.Close();
            Assert.True(left.IsClean, left.ToString());
            Assert.Equal(0, Descriptors.Count);
        }

        Driver.Prime.AssertPaired();
        Assert.Equal(Driver.Opened, Driver.Closed);
        Assert.Equal(Driver.HandlesOpened, Driver.HandlesClosed);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BringUpAsync(bool console, Func<BoardDescription, CountingDriver> driver, long? limit)
    {
        var board = BoardLoader.Load("rk3399");
        board = board with { Memory = board.Memory with { Limit = limit } };
        Driver = driver(board);
        Vop = _system.ActorOf(VopActor.Props((VopDescription)board.Component("vopb"), RockchipObjects.AddPipe, Arena, Clock));
        var bound = await AskAsync<ComponentBound>(Vop, new BindComponent(Driver.CreateModeConfig()));
        Crtc = bound.Crtc;
        var config = bound.Config
            .AddEncoder(EncoderType.Tmds, 1, out var encoder)
            .AddConnector(ConnectorType.HdmiA, [encoder], 0, out var hdmi);
        Hdmi = hdmi;
        var socket = _system.ActorOf(ActorProps.Of(() => new Socket(DefaultMonitor.Edid)));
        Device = _system.ActorOf(DrmDevice.Props(new DeviceSetup(Minor, board, Driver, Arena, Clock, Descriptors: Descriptors)));
        await StepAsync(new InstallModeConfig(KmsState.Reset(config), [Vop], [socket]));
        await StepAsync(StartPolling.Instance);
        await StepAsync(RegisterDevice.Instance);
        if (console)
            await StepAsync(StartConsole.Instance);
        Gem = (await AskAsync<Reply<CardView>>(Device, new ViewCard(Minor))).Value!.View.Gem;
        Mode = Edid.Parse(DefaultMonitor.Edid.AsSpan()).Modes[0];
    }

    private async Task StepAsync(object step) => Assert.Equal(Errno.None, (await AskAsync<DeviceStep>(Device, step)).Errno);

    private sealed class Socket(ImmutableArray<byte> edid) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is ProbeSocket probe)
                Sender.Tell(new SocketProbed(probe.Connector, new ProbeResult(ConnectorStatus.Connected, edid)));
        }
    }
}

/// <summary>One open file of the rig's device.</summary>
internal sealed class OpenFile(DeviceRig rig, IActorRef file)
{
    public IActorRef Ref { get; } = file;

    public Task<Reply<T>> CallAsync<T>(IIoctl<T> call)
        where T : class => rig.AskAsync<Reply<T>>(Ref, call);

    public async Task<T> DoAsync<T>(IIoctl<T> call)
        where T : class
    {
        var reply = await CallAsync(call);
        Assert.Equal(Errno.None, reply.Errno);
        return reply.Value!;
    }

    public async Task RefusedAsync<T>(Errno expected, IIoctl<T> call)
        where T : class => Assert.Equal(expected, (await CallAsync(call)).Errno);

    public async Task<FramebufferId> AddFramebufferAsync(uint width = 1920, uint height = 1080)
    {
        var dumb = await DoAsync(new ModeCreateDumb(width, height, 32));
        return (await DoAsync(new ModeAddFb(width, height, dumb.Pitch, 32, 24, dumb.Handle))).Id;
    }

    public async Task LightAsync(FramebufferId framebuffer)
    {
        var set = CallAsync(new ModeSetCrtc(rig.Crtc, framebuffer, 0, 0, [rig.Hdmi], rig.Mode));
        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(set)).Errno);
    }

    /// <summary>Closes, with as many vblanks as it takes.</summary>
    public async Task CloseAsync() => Assert.Equal(Errno.None, (await rig.WithVblanksAsync(CallAsync(new CloseFile()))).Errno);
}
