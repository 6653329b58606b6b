using DrmActors.Hardware.Display;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Cli.Demo;

/// <summary>Where the picture goes: the first connected connector, a CRTC that reaches it, and a mode.</summary>
internal sealed record DemoOutput(ModeConnector Connector, CrtcId Crtc, ModeInfo Mode)
{
    public string Name => ConnectorNames.Spell(Connector.Type, Connector.TypeId);

    public static async Task<DemoOutput> FindAsync(DrmCard card, ModeRequest? mode, CancellationToken cancellation)
    {
        var resources = await card.GetResourcesAsync(cancellation);
        foreach (var id in resources.Connectors)
        {
            var connector = await card.GetConnectorAsync(id, cancellationToken: cancellation);
            if (connector.Status == ConnectorStatus.Connected && !connector.Modes.IsEmpty)
                return new DemoOutput(connector, await FindCrtcAsync(card, resources, connector, cancellation), Choose(connector, mode));
        }

        throw new UsageException("--board", "no connector with a monitor that has a mode", "a board with one, or --edid");
    }

    private static ModeInfo Choose(ModeConnector connector, ModeRequest? wanted) =>
        wanted is null
            ? connector.Modes[0]
            : wanted.Choose(connector.Modes)
                ?? throw new UsageException("--mode", $"'{wanted}'", string.Join(", ", connector.Modes.Select(m => m.ToString()).Distinct()));

    private static async Task<CrtcId> FindCrtcAsync(
        DrmCard card,
        ModeResources resources,
        ModeConnector connector,
        CancellationToken cancellation)
    {
        var encoder = await card.GetEncoderAsync(connector.Encoders[0], cancellation);
        return resources.Crtcs.Where((_, i) => (encoder.PossibleCrtcs & (1u << i)) != 0).First();
    }
}
