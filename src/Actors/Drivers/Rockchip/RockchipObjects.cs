using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Rockchip;

/// <summary>The mode objects of Rockchip's components. Pure.</summary>
internal static class RockchipObjects
{
    /// <summary>Primary and cursor windows, which may be anywhere (where there is none the CRTC is black), the CRTC, and behind it the overlays, which want to know it.</summary>
    public static ModeConfig AddPipe(ModeConfig config, VopDescription vop, out CrtcId crtc)
    {
        var mask = 1u << config.Crtcs.Length;
        PlaneId primary = default;
        foreach (var window in vop.Windows.Where(w => w.Type != WindowType.Overlay))
        {
            config = WindowObjects.Add(config, window, mask, mayMove: true, out var plane);
            if (window.Type == WindowType.Primary)
                primary = plane;
        }

        config = config.AddCrtc(primary, vop.MaxWidth, vop.MaxHeight, vop.MaxPixelClock, vop.GammaSize, out crtc);
        foreach (var window in vop.Windows.Where(w => w.Type == WindowType.Overlay))
            config = WindowObjects.Add(config, window, mask, mayMove: true, out _);
        return config;
    }

    public static ModeConfig AddOutput(ModeConfig config, OutputDescription output, uint possibleCrtcs, out ConnectorId connector)
    {
        config = config
            .AddEncoder(output.Encoder, possibleCrtcs, out var encoder)
            .AddConnector(output.Connector.Type, [encoder], output.MaxPixelClock, out connector);
        // The DesignWare HDMI driver's own.
        config = output.Kind == ComponentKind.Hdmi
            ? config
                .AddProperty(Property.OfRange(PropertyNames.MaxBpc, 8, 16), out var maxBpc)
                .Attach(connector, maxBpc, initial: 16)
                .Attach(connector, StandardProperties.HdrOutputMetadata, initial: 0)
            : config;
        return ConnectorObjects.Attach(config, connector, output.Connector.Type, output.Connector.Features);
    }
}
