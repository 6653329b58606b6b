using DrmActors.Actors.Drivers.Vkms;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Virtual;

/// <summary>The mode objects of a board of no particular hardware: of each component what its description has, in the order of the file. Pure.</summary>
internal sealed class VirtualObjects(BoardDescription board)
{
    private readonly List<string> _vops = [.. board.ComponentsInMatchOrder().OfType<VopDescription>().Select(v => v.Name)];
    private readonly List<string> _outputs = [.. board.ComponentsInMatchOrder().OfType<OutputDescription>().Select(o => o.Name)];

    /// <summary>All planes, then the CRTC.</summary>
    public ModeConfig AddPipe(ModeConfig config, VopDescription vop, out CrtcId crtc)
    {
        PlaneId primary = default;
        foreach (var window in vop.Windows)
        {
            var possible = window.PossibleCrtcs.IsEmpty ? MaskOf(_vops, [vop.Name]) : MaskOf(_vops, window.PossibleCrtcs);
            config = WindowObjects.Add(config, window, possible, mayMove: window.Type != WindowType.Primary, out var plane);
            if (window.Type == WindowType.Primary)
                primary = plane;
        }

        config = config.AddCrtc(
            primary, vop.MaxWidth, vop.MaxHeight, vop.MaxPixelClock, vop.GammaSize, out crtc, vop.DegammaSize, vop.HasCtm);
        if (vop.HasScalingFilter)
            config = config.AddProperty(OptionalProperties.ScalingFilter(), out var filter).Attach(crtc, filter, initial: 0);
        return vop.HasBackgroundColor
            ? config.AddProperty(OptionalProperties.BackgroundColor(), out var background).Attach(crtc, background, CrtcState.OpaqueBlack)
            : config;
    }

    public ModeConfig AddOutput(ModeConfig config, OutputDescription output, uint possibleCrtcs, out ConnectorId connector)
    {
        if (output.Kind == ComponentKind.Writeback)
            return VkmsObjects.AddOutput(config, output, possibleCrtcs, out connector);
        config = config
            .AddEncoder(output.Encoder, possibleCrtcs, out var encoder, MaskOf(_outputs, output.Clones))
            .AddConnector(output.Connector.Type, [encoder], output.MaxPixelClock, out connector);
        return ConnectorObjects.Attach(config, connector, output.Connector.Type, output.Connector.Features);
    }

    private static uint MaskOf(List<string> all, IEnumerable<string> names) => names.Aggregate(0u, (mask, name) => mask | 1u << all.IndexOf(name));
}
