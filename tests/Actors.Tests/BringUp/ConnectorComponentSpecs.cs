using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>HDMI, eDP and MIPI-DSI: what they add to the mode configuration, and what they say is plugged in.</summary>
public sealed class ConnectorComponentSpecs : TestKit
{
    private static readonly BoardDescription Board = BoardLoader.Load("rk3399");

    private readonly Arena _arena = new(new ArenaOptions { Capacity = 1 << 20 });
    private readonly VirtualClock _clock = new();

    [Theory]
    [InlineData("hdmi", EncoderType.Tmds, ConnectorType.HdmiA, 594_000u)]
    [InlineData("edp", EncoderType.Tmds, ConnectorType.Edp, 533_000u)]
    [InlineData("dsi", EncoderType.Dsi, ConnectorType.Dsi, 300_000u)]
    public void A_bind_should_add_an_encoder_and_a_connector(string name, EncoderType encoder, ConnectorType connector, uint maxClock)
    {
        var config = Bind(Start(name), crtcs: 2).Config;

        var added = Assert.Single(config.Encoders);
        Assert.Equal((encoder, 0b11u), (added.Type, added.PossibleCrtcs));
        var socket = Assert.Single(config.Connectors);
        Assert.Equal((connector, 1u, maxClock), (socket.Type, socket.TypeId, socket.MaxClock));
        Assert.Equal(added.Id, Assert.Single(socket.Encoders));
    }

    [Fact]
    public void Possible_crtcs_should_count_vops_in_match_order()
    {
        var onlyLittle = (OutputDescription)Board.Component("hdmi") with { PossibleCrtcs = ["vopl"] };
        var config = Bind(Start(onlyLittle, Board), crtcs: 2).Config;
        Assert.Equal(0b10u, config.Encoders[0].PossibleCrtcs);

        var littleFirst = Board with { MatchOrder = ["vopl", "vopb", "hdmi"] };
        Assert.Equal(0b01u, Bind(Start(onlyLittle, littleFirst), crtcs: 2).Config.Encoders[0].PossibleCrtcs);
    }

    [Fact]
    public void A_bind_before_its_vops_should_fail()
    {
        var hdmi = Start("hdmi");
        hdmi.Tell(new BindComponent(Empty(crtcs: 0)), TestActor);
        ExpectMsg(new ComponentBindFailed("hdmi", Errno.ENODEV));
    }

    [Fact]
    public void A_probe_should_find_the_monitor_of_the_board_file()
    {
        Assert.Equal(DefaultMonitor.Edid, Probe(Start("hdmi")).Edid);
        var edp = Probe(Start("edp"));
        Assert.Equal(ConnectorStatus.Disconnected, edp.Status);
        Assert.Empty(edp.Edid);
    }

    [Fact]
    public void An_EDID_file_should_be_read_as_it_is_and_a_missing_one_be_none()
    {
        var file = Path.GetTempFileName();
        byte[] bytes = [1, 2, 3];
        File.WriteAllBytes(file, bytes);
        Assert.Equal(bytes, Probe(Start(WithEdid(file), Board)).Edid);
        File.Delete(file);
        var found = Probe(Start(WithEdid(file), Board));
        Assert.Equal(ConnectorStatus.Connected, found.Status);
        Assert.Empty(found.Edid);
    }

    [Fact]
    public void A_plug_should_be_told_to_the_device_that_looks_after_the_connector_until_the_unbind()
    {
        var hdmi = Start("hdmi");
        ImmutableArray<byte> edid = [9];
        var connector = Bind(hdmi, crtcs: 2).Connector;
        // Nobody has looked yet.
        hdmi.Tell(new PlugMonitor(ConnectorStatus.Disconnected, []), TestActor);
        Assert.Equal(ConnectorStatus.Disconnected, Probe(hdmi).Status);

        hdmi.Tell(new PlugMonitor(ConnectorStatus.Connected, edid), ActorRefs.NoSender);
        ExpectMsg(new HotplugDetected(connector));
        Assert.Equal(edid, Probe(hdmi).Edid);

        hdmi.Tell(UnbindComponent.Instance, TestActor);
        ExpectMsg(new ComponentUnbound("hdmi"));
        hdmi.Tell(new PlugMonitor(ConnectorStatus.Disconnected, []), ActorRefs.NoSender);
        // It is bound anew with what is plugged in now.
        Bind(hdmi, crtcs: 1);
        Assert.Equal(ConnectorStatus.Disconnected, Probe(hdmi).Status);
    }

    [Fact]
    public void The_driver_should_tell_the_facts_of_the_board_file()
    {
        var driver = DriverList.DriverOf(Board)!;
        Assert.Equal(new DriverVersion(1, 0, 0, "rockchip", "20140818", "RockChip Soc DRM"), driver.Version);
        Assert.Equal(DriverFeatures.Modeset | DriverFeatures.Gem | DriverFeatures.Atomic | DriverFeatures.Prime, driver.Features);
        Assert.Equal(DumbLayout.Of(100, 10, 32, alignment: 64), driver.DumbCreate!(100, 10, 32));
        Assert.Null(DriverList.DriverOf(Board with { Driver = Board.Driver with { Model = "another" } }));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Assert.True(_arena.Close().IsClean);
    }

    private static ModeConfig Empty(int crtcs)
    {
        var config = new RockchipDriver(Board).CreateModeConfig();
        for (var i = 0; i < crtcs; i++)
            config = config.AddPlane(PlaneType.Primary, 1, [], out var plane).AddCrtc(plane, 4096, 2160, 0, 0, out _);
        return config;
    }

    private static OutputDescription WithEdid(string file)
    {
        var hdmi = (OutputDescription)Board.Component("hdmi");
        return hdmi with { Connector = hdmi.Connector with { Edid = EdidSource.File, EdidFile = file } };
    }

    private IActorRef Start(string name) => Start((OutputDescription)Board.Component(name), Board);

    private IActorRef Start(OutputDescription output, BoardDescription board)
    {
        var props = new RockchipDriver(board).ComponentProps(new ComponentSetup(board, output, _arena, _clock));
        Sys.ActorOf(StubParent.Props(props, output.Name, TestActor));
        var child = ExpectMsg<StubParent.Started>().Child;
        ExpectMsg(new RegisterComponent(output.Name));
        return child;
    }

    private ComponentBound Bind(IActorRef component, int crtcs)
    {
        component.Tell(new BindComponent(Empty(crtcs)), TestActor);
        return ExpectMsg<ComponentBound>();
    }

    private ProbeResult Probe(IActorRef component)
    {
        component.Tell(new ProbeSocket(new ConnectorId(1)), TestActor);
        return ExpectMsg<SocketProbed>().Result;
    }
}
