using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

/// <summary>Plugs in a monitor: with an EDID, with modes and no EDID, or (neither) one that tells nothing.</summary>
public sealed record PlugConnector(string Connector) : ConnectorCommand(Connector)
{
    /// <summary>The bytes that the monitor answers; null for none.</summary>
    public byte[]? Edid { get; init; }

    /// <summary>Of a monitor without an EDID: WIDTHxHEIGHT[i][@HERTZ], the best first.</summary>
    public ImmutableArray<string> Modes { get; init; } = [];

    public override async Task<string> RunAsync(DrmHost host)
    {
        var connector = await FindAsync(host);
        if (Modes.IsDefaultOrEmpty)
            await host.PlugAsync(Card, connector, Edid ?? []);
        else
            await host.PlugAsync(Card, connector, Modes.Select(Timing).ToList());
        return "";
    }

    private static ModeInfo Timing(string mode) =>
        (ModeRequest.TryParse(mode, out var request) ? request.MakeTiming() : null)
        ?? throw new ControlException($"modes: found {mode}; allowed: WIDTHxHEIGHT[@HERTZ], or an interlaced mode of CTA-861");
}

/// <summary>Pulls the monitor out.</summary>
public sealed record UnplugConnector(string Connector) : ConnectorCommand(Connector)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        await host.UnplugAsync(Card, await FindAsync(host));
        return "";
    }
}

/// <summary>A connector comes behind another one. Says its name.</summary>
public sealed record AddConnector(string Connector) : ConnectorCommand(Connector)
{
    /// <summary>What the monitor in it answers; null for no EDID.</summary>
    public byte[]? Edid { get; init; }

    public override async Task<string> RunAsync(DrmHost host)
    {
        var added = await host.AddConnectorAsync(Card, await FindAsync(host), Edid ?? []);
        return $"{await host.NameOfAsync(Card, added)}\n";
    }
}

/// <summary>One that came at run time goes.</summary>
public sealed record RemoveConnector(string Connector) : ConnectorCommand(Connector)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        await host.RemoveConnectorAsync(Card, await FindAsync(host));
        return "";
    }
}

/// <summary>The link has failed, or works again.</summary>
public sealed record FailLink(string Connector, bool Bad) : ConnectorCommand(Connector)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        await host.SetLinkAsync(Card, await FindAsync(host), Bad);
        return "";
    }
}

/// <summary>Tells the connectors of all cards, a line each: card, board, name, status, and the first mode.</summary>
public sealed record ListConnectors : ControlCommand
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var text = new StringBuilder();
        foreach (var board in host.Boards)
            foreach (var (name, state) in await host.ConnectorsAsync(board.Minor))
                text.Append(CultureInfo.InvariantCulture, $"card{board.Minor}  {board.Name,-12}  {name,-12}  {state.Status.ToString().ToLowerInvariant(),-12}  {First(state.Modes)}").AppendLine();
        return text.ToString();
    }

    private static string First(ImmutableArray<ModeInfo> modes) =>
        modes.IsEmpty ? "-" : string.Create(CultureInfo.InvariantCulture, $"{modes[0].Name}@{ModeTimings.RefreshMillihertz(modes[0]) / 1000m:0.##}");
}
