using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>
/// A real supervisor, masters and registry, over components and devices that say on one trail what they are told. Bring-up goes from message to
/// message, so the trail has one order.
/// </summary>
public abstract class BringUpTest : TestKit
{
    private protected BringUpTest(string logLevel = "ERROR")
        : base($"akka.loglevel = {logLevel}")
    {
        Trail = new TestProbe(Sys, Assertions);
        Uevents = new TestProbe(Sys, Assertions);
        Host = new TestProbe(Sys, Assertions);
        Sys.EventStream.Subscribe(Trail.Ref, typeof(BindProgress));
        Sys.EventStream.Subscribe(Trail.Ref, typeof(UnbindProgress));
        Sys.EventStream.Subscribe(Uevents.Ref, typeof(Uevent));
    }

    private protected Arena Arena { get; } = new(new ArenaOptions { Capacity = 64 << 20 });

    private protected VirtualClock Clock { get; } = new();

    private protected TestProbe Trail { get; }

    private protected TestProbe Uevents { get; }

    /// <summary>Who asks the supervisor.</summary>
    private protected TestProbe Host { get; }

    private protected BoardDescription Board { get; } = BoardLoader.Load("rk3399");

    private protected IActorRef Supervisor { get; private set; } = ActorRefs.Nobody;

    /// <summary>One a boot.</summary>
    private protected List<StubDriver> Drivers { get; } = [];

    private protected void StartSupervisor(bool componentsAppear = true) =>
        Supervisor = DrmSupervisor.Start(
            Sys,
            new SupervisorSetup(Arena, Clock, board => MakeDriver(board, componentsAppear), setup => StubDevice.Props(setup, Trail.Ref)));

    private protected BoardBooted Boot(BindFaults? faults = null)
    {
        Host.Send(Supervisor, new BootBoard(Board, faults));
        return Host.ExpectMsg<BoardBooted>();
    }

    private protected void Shutdown()
    {
        Host.Send(Supervisor, ShutdownBoards.Instance);
        Host.ExpectMsg<BoardsDown>();
    }

    /// <summary>What has come onto the trail, in words, up to and with one line.</summary>
    private protected List<string> TrailUpTo(string last)
    {
        var lines = new List<string>();
        do
            lines.Add(NextOnTrail());
        while (lines[^1] != last);
        return lines;
    }

    private protected string NextOnTrail()
    {
        while (true)
            if (InWords(Trail.ReceiveOne(TimeSpan.FromSeconds(10))) is { } line)
                return line;
    }

    /// <summary>The stubs of a board that boots, in any order: they tell of themselves when they start.</summary>
    private protected Dictionary<string, IActorRef> Components()
    {
        var components = new Dictionary<string, IActorRef>(StringComparer.Ordinal);
        while (components.Count < BindTrail.Match.Length)
        {
            var present = Trail.FishForMessage<StubComponent.Present>(_ => true);
            components[present.Name] = Trail.LastSender;
        }

        return components;
    }

    private protected IActorRef? Find(string path)
    {
        Host.Send(Supervisor, new Identify(path)); // flushes what the supervisor has before it
        Host.ExpectMsg<ActorIdentity>();
        Sys.ActorSelection(path).Tell(new Identify(path), Host.Ref);
        return Host.ExpectMsg<ActorIdentity>(i => path.Equals(i.MessageId)).Subject;
    }

    private protected void NothingShouldBeLeft()
    {
        Assert.Null(Find("/user/drm/master-rk3399"));
        Assert.Null(Find("/user/drm/card0"));
        Host.Send(Supervisor, new OpenCard(0, new Credentials(1, 0)));
        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<Reply<CardOpened>>().Errno);
        Assert.True(LeakReport.Of(Arena.Usage).IsClean);
        Assert.All(Drivers, driver => Assert.Null(driver.Private));
        Assert.All(Drivers, driver => Assert.True(driver.IommuAtInstall is null || IsClosed(driver.IommuAtInstall)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Assert.True(Arena.Close().IsClean);
    }

    private static bool IsClosed(IommuDomain domain) =>
        domain.TryMap(SgTable.Of(new ArenaBlock(0, Arena.PageSize)), out _) == Errno.ENODEV;

    private StubDriver MakeDriver(BoardDescription board, bool componentsAppear)
    {
        var driver = new StubDriver(board, Trail.Ref, componentsAppear);
        Drivers.Add(driver);
        return driver;
    }

    private static string? InWords(object? message) => message switch
    {
        string line => line,
        BindProgress { Errno: Errno.None } done => $"{done.Number} done",
        BindProgress failed => $"{failed.Number} {failed.Errno}",
        UnbindProgress undone => $"{undone.Number} undone",
        null => throw new TimeoutException("nothing more comes onto the trail"),
        _ => null,
    };
}
