using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>What the properties of Rockchip's connectors are, over what every connector has.</summary>
public sealed class RockchipObjectsSpecs
{
    private static readonly BoardDescription Board = BoardLoader.Load("rk3399");

    [Theory]
    [InlineData("hdmi", "EDID DPMS link-status non-desktop TILE CRTC_ID max bpc HDR_OUTPUT_METADATA")]
    [InlineData("edp", "EDID DPMS link-status non-desktop TILE CRTC_ID")]
    [InlineData("dsi", "EDID DPMS link-status non-desktop TILE CRTC_ID")]
    public void Connector_should_have_the_properties_that_its_driver_gives_it(string output, string expected)
    {
        var config = RockchipObjects.AddPipe(new RockchipDriver(Board).CreateModeConfig(), (VopDescription)Board.Component("vopb"), out _);
        config = RockchipObjects.AddOutput(config, (OutputDescription)Board.Component(output), 1, out var connector);

        Assert.Equal(expected, string.Join(' ', config.Find(connector)!.Properties.Select(p => p.Property.Name)));
    }

    [Fact]
    public void Max_bpc_should_begin_with_the_most_that_the_transmitter_sends()
    {
        var config = RockchipObjects.AddPipe(new RockchipDriver(Board).CreateModeConfig(), (VopDescription)Board.Component("vopb"), out _);
        config = RockchipObjects.AddOutput(config, (OutputDescription)Board.Component("hdmi"), 1, out var connector);

        var (property, initial) = config.Find(connector)!.Properties.Single(p => p.Property.Name == PropertyNames.MaxBpc);
        Assert.Equal((16ul, PropertyFlags.Range), (initial, property.Flags));
        Assert.Equal([8ul, 16ul], property.Values.ToArray());
        Assert.Equal(connector.Value + 1, property.Id.Value);
    }
}
