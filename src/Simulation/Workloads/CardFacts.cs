using System.Collections.Immutable;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>What of a card does not change: its mode objects, and its modes from the smallest up.</summary>
internal sealed record CardFacts(
    ImmutableArray<CrtcId> Crtcs,
    ImmutableArray<ConnectorId> Connectors,
    ImmutableArray<PlaneId> Planes,
    ImmutableArray<ModeInfo> Modes)
{
    /// <summary>The primary plane of each CRTC.</summary>
    public ImmutableArray<PlaneId> Primaries { get; init; } = [];

    /// <summary>Read with probes, where the file may.</summary>
    public static async Task<CardFacts> ReadAsync(DrmCard card)
    {
        var resources = await card.GetResourcesAsync();
        var planes = await card.CallAsync(new ModeGetPlaneResources());
        var modes = new List<ModeInfo>();
        foreach (var connector in resources.Connectors)
            modes.AddRange((await card.GetConnectorAsync(connector)).Modes);
        return new CardFacts(
            resources.Crtcs,
            resources.Connectors,
            planes.Value?.Planes ?? [],
            [.. modes.Distinct().OrderBy(m => m.HDisplay * m.VDisplay)])
        {
            Primaries = [.. card.View.Snapshot.Config.Crtcs.Select(c => c.Primary)],
        };
    }

    public CrtcId Crtc(int slot) => At(Crtcs, slot);

    public ConnectorId Connector(int slot) => At(Connectors, slot);

    public PlaneId Plane(int slot) => At(Planes, slot);

    /// <summary>Of a CRTC.</summary>
    public PlaneId Primary(int slot) => At(Primaries, slot);

    /// <summary>The mode of a framebuffer's size; null for none.</summary>
    public ModeInfo? ModeOf(HeldFramebuffer framebuffer) =>
        Modes.FirstOrDefault(m => m.HDisplay == framebuffer.Width && m.VDisplay == framebuffer.Height);

    /// <summary>One of the few smallest, so that buffers stay small and often fit. Null for a card without a monitor.</summary>
    public ModeInfo? SmallMode(int slot)
    {
        const int Few = 2;
        return Modes.IsEmpty ? null : Modes[(int)((uint)slot % (uint)Math.Min(Few, Modes.Length))];
    }

    /// <summary>The id and type of any object that has properties.</summary>
    public (uint Id, ObjectType Type) Object(int slot)
    {
        var at = (int)((uint)slot % (uint)(Connectors.Length + Crtcs.Length + Planes.Length));
        if (at < Connectors.Length)
            return (Connectors[at].Value, ObjectType.Connector);
        at -= Connectors.Length;
        return at < Crtcs.Length
            ? (Crtcs[at].Value, ObjectType.Crtc)
            : (Planes[at - Crtcs.Length].Value, ObjectType.Plane);
    }

    private static T At<T>(ImmutableArray<T> all, int slot)
        where T : struct => all.IsEmpty ? default : all[(int)((uint)slot % (uint)all.Length)];
}
