using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

public sealed class ConnectorProbeSpecs
{
    [Fact]
    public void A_monitor_without_edid_should_get_the_modes_that_any_monitor_shows()
    {
        var state = Probe([], out var problem);

        var modes = ModeQueries.Connector(state, Hdmi, default).Value!.Modes;
        Assert.Null(problem);
        Assert.Equal("1024x768", modes[0].Name);
        Assert.All(modes, m => Assert.True(m.HDisplay <= 1024 && m.VDisplay <= 768));
    }

    [Fact]
    public void A_corrupt_edid_should_fall_back_and_say_what_is_wrong()
    {
        var state = Probe([1, 2, 3], out var problem);

        Assert.NotNull(problem);
        Assert.Equal("1024x768", ModeQueries.Connector(state, Hdmi, default).Value!.Modes[0].Name);
    }

    [Fact]
    public void A_disconnected_connector_should_have_no_modes()
    {
        var state = ConnectorProbe.Apply(Probe([], out _), Config.Find(Hdmi)!, new ProbeResult(ConnectorStatus.Disconnected, []), out _);

        Assert.Empty(ModeQueries.Connector(state, Hdmi, default).Value!.Modes);
        Assert.Equal(ConnectorStatus.Disconnected, ModeQueries.Connector(state, Hdmi, default).Value!.Status);
    }

    [Fact]
    public void The_console_should_light_each_monitor_from_a_crtc_of_its_own()
    {
        var state = Probe([], out _);
        state = ConnectorProbe.Apply(state, Config.Find(Edp)!, new ProbeResult(ConnectorStatus.Connected, []), out _);

        var plan = ConsoleLayout.Plan(state);

        Assert.Equal([Big, Little], plan.Select(p => p.Crtc));
        Assert.All(plan, p => Assert.Equal("1024x768", p.Mode!.Name));
    }

    private static KmsState Probe(byte[] edid, out string? problem) =>
        ConnectorProbe.Apply(Dark, Config.Find(Hdmi)!, new ProbeResult(ConnectorStatus.Connected, [.. edid]), out problem);
}
