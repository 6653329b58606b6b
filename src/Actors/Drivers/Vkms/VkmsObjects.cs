using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Drivers.Vkms;

/// <summary>The mode objects of the virtual device, in the order in which Linux 6.1's driver makes them. Pure.</summary>
internal static class VkmsObjects
{
    /// <summary>All planes in the board's order, then the CRTC.</summary>
    public static ModeConfig AddPipe(ModeConfig config, VopDescription vop, out CrtcId crtc)
    {
        var mask = 1u << config.Crtcs.Length;
        PlaneId primary = default;
        foreach (var window in vop.Windows)
        {
            config = WindowObjects.Add(config, window, mask, mayMove: window.Type != WindowType.Primary, out var plane);
            if (window.Type == WindowType.Primary)
                primary = plane;
        }

        return config.AddCrtc(primary, vop.MaxWidth, vop.MaxHeight, vop.MaxPixelClock, vop.GammaSize, out crtc);
    }

    public static ModeConfig AddOutput(ModeConfig config, OutputDescription output, uint possibleCrtcs, out ConnectorId connector) =>
        output.Kind == ComponentKind.Writeback
            ? AddWriteback(config, output, possibleCrtcs, out connector)
            : config
                .AddConnector(output.Connector.Type, [], output.MaxPixelClock, out connector)
                .AddEncoder(output.Encoder, possibleCrtcs, out var encoder)
                .Attach(connector, encoder);

    private static ModeConfig AddWriteback(ModeConfig config, OutputDescription output, uint possibleCrtcs, out ConnectorId connector) =>
        config
            .AddEncoder(output.Encoder, possibleCrtcs, out var encoder)
            .AddProperty(Property.OfObject("WRITEBACK_FB_ID", ObjectType.Fb, PropertyFlags.Atomic), out var framebuffer)
            .AddProperty(Property.OfBlob("WRITEBACK_PIXEL_FORMATS", PropertyFlags.Atomic | PropertyFlags.Immutable), out var formats)
            .AddProperty(Property.OfRange("WRITEBACK_OUT_FENCE_PTR", 0, ulong.MaxValue, PropertyFlags.Atomic), out var outFence)
            .AddBlob(BlobContents.OfFormats(output.WritebackFormats), out var written)
            .AddConnector(ConnectorType.Writeback, [encoder], output.MaxPixelClock, out connector)
            .Attach(connector, outFence, initial: 0)
            .Attach(connector, framebuffer, initial: 0)
            .Attach(connector, formats, written.Value);
}
