using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// The root of it all (/user/drm): boots boards and switches them off, gives out minors, leads calls to the cards, tells udev.
/// A board is an entry here from <see cref="BootBoard"/> until its master has ended and no card is left that nobody could have opened.
/// </summary>
internal sealed partial class DrmSupervisor : DrmActor
{
    private readonly SupervisorSetup _setup;
    private readonly SortedDictionary<string, BoardEntry> _boards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IActorRef> _firmware = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, CardEntry> _cards = [];
    private readonly List<IActorRef> _shutdownAskers = [];
    private readonly IActorRef _aperture;

    private DrmSupervisor(SupervisorSetup setup)
    {
        _setup = setup;
        _aperture = Context.ActorOf(ApertureRegistry.Props(), SupervisionPolicy.Aperture);
        Context.System.EventStream.Subscribe(Self, typeof(Hotplugged));
        Context.System.EventStream.Subscribe(Self, typeof(LeaseEnded));
    }

    public static Props Props(SupervisorSetup setup) => ActorProps.Of(() => new DrmSupervisor(setup));

    /// <summary>The stack of a system: the supervisor, and beside it, because it outlives a restart, who answers for the dead.</summary>
    public static IActorRef Start(ActorSystem system, SupervisorSetup setup)
    {
        setup = setup with { Descriptors = setup.Descriptors ?? new() };
        // From here on, and not from when it first runs or runs again: nobody's death comes too early, or in between.
        system.EventStream.Subscribe(system.ActorOf(DeadCallAnswerer.Props(setup.Descriptors), DeadCallAnswerer.Name), typeof(DeadLetter));
        return system.ActorOf(Props(setup), "drm");
    }

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionPolicy.OfSupervisor;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ICardCall call:
                ToCard(call);
                break;
            case BootBoard boot:
                Boot(boot);
                break;
            case UnplugBoard unplug:
                Unplug(unplug.Board);
                break;
            case ShutdownBoards:
                Shutdown();
                break;
            case FirmwareStarted started:
                StartMaster(started.Board);
                break;
            case AllocateDevice allocate:
                Allocate(_boards[allocate.Board]);
                break;
            case AnnounceDevice announce when IsSenders(announce.Minor):
                Announce(announce.Minor);
                break;
            case WithdrawDevice withdraw when IsSenders(withdraw.Minor):
                Withdraw(withdraw.Minor);
                break;
            case AnnounceDevice or WithdrawDevice:
                break;
            case PutDevice put:
                Put(put.Minor);
                break;
            case BindFinished finished:
                Finish(finished);
                break;
            case Hotplugged hotplugged:
                // What a device finds before it is announced, udev reads when it hears of the card.
                if (_cards.TryGetValue(hotplugged.Minor, out var card) && card.IsAnnounced)
                    Publish(new Uevent(UeventAction.Change, hotplugged.Minor, Hotplug: true, Connector: hotplugged.Connector, Property: hotplugged.Property));
                break;
            case LeaseEnded ended when _cards.TryGetValue(ended.Minor, out var lessors) && lessors.IsAnnounced:
                Publish(new Uevent(UeventAction.Change, ended.Minor, Lease: true));
                break;
            case LeaseEnded:
                break;
            case DeviceReleased or DeviceStep:
                // What counts is that the device's actor ends.
                break;
            case Terminated dead:
                Lose(dead.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Whoever waits for the end of the boards is answered by the next instance, which begins when they have ended.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (InjectedCrash.Unwrap(message) is ShutdownBoards)
            _shutdownAskers.Add(Sender);
        foreach (var asker in _shutdownAskers)
            Self.Tell(ShutdownBoards.Instance, asker);
        _shutdownAskers.Clear();
        base.PreRestart(reason, message);
    }

    /// <summary>Also before a restart: whoever waits for a board hears of it.</summary>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        foreach (var board in _boards.Values)
            board.End(new BoardBooted(-1, Errno.ENODEV, "the supervisor ended"));
        foreach (var asker in _shutdownAskers)
            asker.Tell(BoardsDown.Instance);
    }

    private void ToCard(ICardCall call)
    {
        if (CardOf(call.Minor) is { IsAnnounced: true } card)
            card.Device.Forward(call);
        else
            Sender.Tell(call.Fail(Errno.ENODEV));
    }

    // By either of its nodes.
    private CardEntry? CardOf(int minor) => minor < DeviceSetup.FirstRenderMinor
        ? _cards.GetValueOrDefault(minor)
        : _cards.Values.FirstOrDefault(c => c.RenderMinor == minor);

    private int LowestFree(int first)
    {
        while (CardOf(first) is not null)
            first++;
        return first;
    }

    private void Allocate(BoardEntry board)
    {
        var minor = LowestFree(0);
        var hasRenderNode = board.Driver.Features.HasFlag(DriverFeatures.Render);
        var setup = new DeviceSetup(minor, board.Request.Board, board.Driver, _setup.Arena, _setup.Clock, _setup.Faults, _setup.Descriptors, _setup.Contexts)
        {
            RenderMinor = hasRenderNode ? LowestFree(DeviceSetup.FirstRenderMinor) : 0,
        };
        var device = Context.Watch(Context.ActorOf(_setup.DeviceOf(setup), $"card{minor}"));
        _cards.Add(minor, new CardEntry(board, device, setup.RenderMinor));
        Sender.Tell(new DeviceAllocated(device, minor));
    }

    // Not where the master's device has died, and left its minor to another one.
    private bool IsSenders(int minor) => _cards.TryGetValue(minor, out var card) && Sender.Equals(card.Board.Master);

    private void Announce(int minor)
    {
        var card = _cards[minor];
        card.IsAnnounced = true;
        card.WasAnnounced = true;
        Publish(new Uevent(UeventAction.Add, minor));
    }

    private void Withdraw(int minor)
    {
        if (!_cards.TryGetValue(minor, out var card) || !card.IsAnnounced)
            return;
        card.IsAnnounced = false;
        Publish(new Uevent(UeventAction.Remove, minor));
    }

    private void Put(int minor)
    {
        if (IsSenders(minor))
            _cards[minor].IsPut = true;
        Sender.Tell(new DevicePut(minor));
    }

    private static void Publish(Uevent uevent) => Context.System.EventStream.Publish(uevent);
}
