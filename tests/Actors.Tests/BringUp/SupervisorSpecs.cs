using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>Boards and cards as the host and udev see them, and what becomes of an actor that crashes.</summary>
public sealed class SupervisorSpecs : BringUpTest
{
    public SupervisorSpecs() => StartSupervisor();

    [Fact]
    public void A_board_that_is_up_should_not_be_booted_again()
    {
        Boot();
        Assert.Equal(new BoardBooted(-1, Errno.EBUSY, ""), Boot());
        Shutdown();
    }

    [Fact]
    public void Boards_should_get_the_lowest_free_minors()
    {
        Assert.Equal(0, Boot().Minor);
        Assert.Equal(1, BootAs("second").Minor);
        Assert.Equal(2, BootAs("third").Minor);

        Find("/user/drm/card1")!.Tell(new StubComponent.Crash());
        AwaitAssert(() => Assert.Null(Find("/user/drm/master-second")));
        Assert.Equal(1, BootAs("fourth").Minor);
        Shutdown();
    }

    [Fact]
    public void Two_boards_with_the_same_addresses_should_not_disturb_each_other()
    {
        Boot();
        BootAs("second");

        Uevents.ExpectMsg(new Uevent(UeventAction.Add, 0));
        Uevents.ExpectMsg(new Uevent(UeventAction.Add, 1));
        Assert.False(Uevents.HasMessages);
        Shutdown();
    }

    [Fact]
    public void A_card_that_is_not_there_should_be_ENODEV()
    {
        Host.Send(Supervisor, new OpenCard(0, new Credentials(1, 0)));
        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<Reply<CardOpened>>().Errno);
        Host.Send(Supervisor, new NextFrame(7, new CrtcId(1)));
        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<Reply<FrameTaken>>().Errno);
    }

    [Fact]
    public void Udev_should_hear_of_cards_and_of_monitors()
    {
        Boot();
        Assert.Equal(new Uevent(UeventAction.Add, 0), Uevents.ExpectMsg<Uevent>());
        Sys.EventStream.Publish(new Hotplugged(0, new ConnectorId(5)));
        Assert.Equal(new Uevent(UeventAction.Change, 0, Hotplug: true, Connector: new ConnectorId(5)), Uevents.ExpectMsg<Uevent>());
        Shutdown();
        Assert.Equal(new Uevent(UeventAction.Remove, 0), Uevents.ExpectMsg<Uevent>());
        Assert.False(Uevents.HasMessages);
    }

    [Fact]
    public void Switching_off_should_end_cards_that_are_still_open()
    {
        Boot();
        Host.Send(Supervisor, new OpenCard(0, new Credentials(1, 0)));
        var card = Host.ExpectMsg<Reply<CardOpened>>().Value!.File;
        Watch(card);
        Shutdown();
        ExpectTerminated(card);
        NothingShouldBeLeft();
    }

    [Fact]
    public void Switching_off_should_be_answered_where_nothing_is_on_and_while_a_board_boots()
    {
        Shutdown();
        Host.Send(Supervisor, new BootBoard(Board));
        Host.Send(Supervisor, ShutdownBoards.Instance);
        // The boot may have ended before the supervisor heard of the shutdown; it is answered in either case.
        Assert.IsType<BoardBooted>(Host.ExpectMsg<BoardBooted>());
        Host.ExpectMsg<BoardsDown>();
        NothingShouldBeLeft();
    }

    [Fact]
    public void A_master_that_crashes_should_take_its_card_with_it()
    {
        Boot();
        var card = Watch(Find("/user/drm/card0")!);
        Find("/user/drm/master-rk3399")!.Tell(Kill.Instance);

        ExpectTerminated(card);
        Uevents.ExpectMsg(new Uevent(UeventAction.Add, 0));
        Uevents.ExpectMsg(new Uevent(UeventAction.Remove, 0));
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Shutdown();
    }

    [Fact]
    public void A_registry_that_crashes_should_end_all_boards_and_leave_a_fresh_supervisor()
    {
        Boot();
        var card = Watch(Find("/user/drm/card0")!);
        Find("/user/drm/aperture")!.Tell(new AcquireAperture(default, Owner: null!));

        ExpectTerminated(card);
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Shutdown();
    }

    [Fact]
    public void An_answerer_that_crashes_should_go_on_answering()
    {
        Boot();
        var answerer = Find("/user/dead-calls")!;
        Host.Send(answerer, new InjectedCrash(new DeadLetter(new GetMagic(), Host.Ref, answerer)));
        Assert.Equal(Errno.EIO, Host.ExpectMsg<Reply<Magic>>().Errno);
        Host.Send(answerer, new Identify("restarted"));
        Assert.Equal(answerer, Host.ExpectMsg<ActorIdentity>().Subject);

        Host.Send(Sys.DeadLetters, new GetMagic());
        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<Reply<Magic>>().Errno);
        Shutdown();
    }

    [Fact]
    public void A_call_behind_one_that_crashed_its_card_should_be_ENODEV()
    {
        Boot();
        Host.Send(Supervisor, new OpenCard(0, new Credentials(1, 0)));
        var card = Host.ExpectMsg<Reply<CardOpened>>().Value!.File;
        card.Tell(new StubComponent.Crash());
        Host.Send(card, new GetMagic());
        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<Reply<Magic>>().Errno);
        AwaitAssert(NothingShouldBeLeft);
    }

    private BoardBooted BootAs(string name)
    {
        Host.Send(Supervisor, new BootBoard(Board with { Name = name }));
        return Host.ExpectMsg<BoardBooted>();
    }
}
