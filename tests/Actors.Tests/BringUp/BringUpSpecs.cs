using Akka.Actor;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>The bind of an RK3399 that works, and what ends it afterwards.</summary>
public sealed class BringUpSpecs : BringUpTest
{
    [Fact]
    public void A_board_should_bind_in_twelve_steps_and_unbind_in_reverse()
    {
        StartSupervisor();

        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Assert.Equal(BindTrail.DoneUpTo(12), TrailUpTo("12 done"));
        Shutdown();
        Assert.Equal(BindTrail.UndoneFrom(12), TrailUpTo("2 undone"));
        NothingShouldBeLeft();
    }

    [Theory]
    [InlineData("vopb vopl hdmi edp dsi")]
    [InlineData("dsi edp hdmi vopl vopb")]
    [InlineData("hdmi vopl dsi vopb edp")]
    public void Components_should_bind_in_match_order_whatever_order_they_come_in(string arrival)
    {
        StartSupervisor(componentsAppear: false);
        Host.Send(Supervisor, new BootBoard(Board));
        var components = Components();
        foreach (var name in arrival.Split(' '))
        {
            Assert.False(Trail.HasMessages);
            components[name].Tell(new StubComponent.Appear());
        }

        Assert.Equal(BindTrail.DoneUpTo(12), TrailUpTo("12 done"));
        Host.ExpectMsg(new BoardBooted(0, Errno.None, ""));
        Shutdown();
    }

    [Fact]
    public void A_component_that_the_match_list_names_twice_should_bind_once()
    {
        StartSupervisor();
        Host.Send(Supervisor, new BootBoard(Board with { MatchOrder = ["vopb", "vopb", "hdmi", "vopb", "hdmi"] }));
        Host.ExpectMsg(new BoardBooted(0, Errno.None, ""));

        Assert.Equal(["bind vopb", "bind hdmi"], TrailUpTo("12 done").Where(l => l.StartsWith("bind", StringComparison.Ordinal)));
        Shutdown();
    }

    [Fact]
    public void A_component_that_comes_twice_should_bind_once()
    {
        StartSupervisor(componentsAppear: false);
        Host.Send(Supervisor, new BootBoard(Board));
        var components = Components();
        foreach (var name in BindTrail.Match.SelectMany(name => new[] { name, name }))
            components[name].Tell(new StubComponent.Appear());

        Assert.Equal(BindTrail.DoneUpTo(12), TrailUpTo("12 done"));
        Host.ExpectMsg(new BoardBooted(0, Errno.None, ""));
        Shutdown();
    }

    [Fact]
    public void The_device_should_get_what_the_components_made_with_the_drivers_limits()
    {
        StartSupervisor();
        Boot();
        TrailUpTo("12 done");

        var install = Drivers[0].Installed!;
        var config = install.State.Config;
        Assert.Equal((0u, 0u, 4096u, 4096u, true), (config.MinWidth, config.MinHeight, config.MaxWidth, config.MaxHeight, config.NormalizeZpos));
        Assert.Equal([ConnectorType.HdmiA, ConnectorType.Edp, ConnectorType.Dsi], config.Connectors.Select(c => c.Type));
        Assert.Equal(["vopb", "vopl"], install.Pipes.Select(p => p.Path.Name));
        Assert.Equal(["hdmi", "edp", "dsi"], install.Sockets.Select(s => s.Path.Name));
        Assert.Equal(2, Drivers[0].Private!.Iommu!.Attached);
        Shutdown();
    }

    [Theory]
    [InlineData("vopb")]
    [InlineData("hdmi")]
    public void A_component_that_leaves_should_unplug_the_device_and_unbind_the_others(string name)
    {
        StartSupervisor();
        Boot();
        var components = Components();
        TrailUpTo("12 done");
        var master = Watch(Find("/user/drm/master-rk3399")!);
        components[name].Tell(new StubComponent.Crash());

        Assert.Equal(BindTrail.UndoneFrom(12).Where(line => line != $"unbind {name}"), TrailUpTo("2 undone"));
        ExpectTerminated(master);
        AwaitAssert(NothingShouldBeLeft);
        TheBoardShouldBootAgain();
    }

    [Fact]
    public void A_component_that_dies_before_the_bind_should_end_it()
    {
        StartSupervisor(componentsAppear: false);
        Host.Send(Supervisor, new BootBoard(Board));
        Components()["edp"].Tell(new StubComponent.Crash());

        Host.ExpectMsg(new BoardBooted(-1, Errno.ENODEV, "component edp is gone"));
        NothingShouldBeLeft();
    }

    [Fact]
    public void A_component_that_dies_while_the_others_bind_should_end_the_bind_after_the_step()
    {
        StartSupervisor(componentsAppear: false);
        Host.Send(Supervisor, new BootBoard(Board));
        var components = Components();
        foreach (var name in BindTrail.Match)
            components[name].Tell(new StubComponent.Appear());
        // Told before it is bound, so it dies instead of answering.
        components["dsi"].Tell(new StubComponent.Crash());

        Assert.Equal(Errno.ENODEV, Host.ExpectMsg<BoardBooted>().Errno);
        NothingShouldBeLeft();
    }

    [Fact]
    public void A_device_that_crashes_should_unbind_its_board()
    {
        StartSupervisor();
        Boot();
        TrailUpTo("12 done");
        Find("/user/drm/card0")!.Tell(new StubComponent.Crash());

        // It is dead, so nobody unplugs it.
        Assert.Equal(BindTrail.UndoneFrom(12).Where(line => line != "UnplugDevice"), TrailUpTo("2 undone"));
        AwaitAssert(NothingShouldBeLeft);
        TheBoardShouldBootAgain();
    }

    [Fact]
    public void A_card_that_somebody_has_open_should_stay_until_that_is_closed()
    {
        StartSupervisor();
        Boot();
        var components = Components();
        TrailUpTo("12 done");
        Host.Send(Supervisor, new OpenCard(0, new Credentials(1, 0)));
        var card = Host.ExpectMsg<Reply<CardOpened>>().Value!.File;
        Watch(card);
        components["hdmi"].Tell(new StubComponent.Crash());

        Assert.Equal(
            BindTrail.UndoneFrom(12, openedByNobody: false).Where(line => line != "unbind hdmi"), TrailUpTo("2 undone"));
        // The next boot gets the next minor.
        AwaitAssert(() => Assert.Null(Find("/user/drm/master-rk3399")));
        Assert.Equal(new BoardBooted(1, Errno.None, ""), Boot());
        Host.Send(card, new CloseFile());
        Host.ExpectMsg(Done.Ok);
        ExpectTerminated(card);
        Shutdown();
    }

    private void TheBoardShouldBootAgain()
    {
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Shutdown();
        NothingShouldBeLeft();
    }
}
