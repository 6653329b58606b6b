using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a connector's driver found when it looked: a status, and the EDID's bytes (empty for none).</summary>
public sealed record ProbeResult(ConnectorStatus Status, ImmutableArray<byte> Edid)
{
    /// <summary>The modes of a monitor without an EDID; empty for those that any monitor shows.</summary>
    public ImmutableArray<ModeInfo> Modes { get; init; } = [];
}

/// <summary>From what a probe found to the connector's next state. Pure.</summary>
public static class ConnectorProbe
{
    /// <param name="problem">What is wrong with the EDID, for the log; null where nothing is.</param>
    public static KmsState Apply(KmsState state, Connector connector, ProbeResult found, out string? problem)
    {
        problem = null;
        var next = state[connector] with { Status = found.Status, Edid = null, EdidBlob = null, Modes = [] };
        if (found.Status == ConnectorStatus.Connected)
        {
            // A monitor without a usable EDID still gets the modes that any monitor shows.
            var read = found.Edid.IsEmpty ? new EdidResult(null, null) : Edid.Parse(found.Edid.AsSpan());
            problem = read.Problem;
            // No driver here sends YCbCr 4:2:0, so modes that the monitor takes in that way only are none.
            var modes = found is { Edid.IsEmpty: true, Modes.IsEmpty: false }
                ? found.Modes
                : read.Modes.Except(read.Edid?.YCbCr420OnlyModes ?? []);
            if (read.Edid is not null && TellsEdid(connector))
            {
                state = state.NewBlob(owner: 0, found.Edid, out var blob);
                next = next with { EdidBlob = blob };
            }

            next = next with { Edid = read.Edid, Modes = [.. modes.Where(m => CanShow(state.Config, connector, m))] };
        }

        return state.With(connector, next);
    }

    /// <summary>Whether it has a property for it.</summary>
    public static bool TellsEdid(Connector connector) => connector.Properties.Any(p => p.Property == StandardProperties.Edid);

    /// <summary>The property says what the next probe will find; its modes come with that.</summary>
    /// <param name="edid">Empty for none.</param>
    public static KmsState Override(KmsState state, Connector connector, ImmutableArray<byte> edid)
    {
        Blob? blob = null;
        if (!edid.IsEmpty)
            state = state.NewBlob(owner: 0, edid, out blob);
        return state.With(connector, state[connector] with { EdidBlob = blob });
    }

    /// <summary>Whether at least one way from a CRTC over an encoder carries the mode.</summary>
    private static bool CanShow(ModeConfig config, Connector connector, ModeInfo mode)
    {
        // No connector here allows interlaced or doublescan modes.
        if (!connector.Carries(mode) || (mode.Flags & (ModeFlags.Interlace | ModeFlags.DoubleScan)) != ModeFlags.None)
            return false;
        foreach (var id in connector.Encoders)
            foreach (var crtc in config.Crtcs)
                if ((config.Find(id)!.PossibleCrtcs & (1u << crtc.Index)) != 0 && crtc.Sends(mode))
                    return true;
        return false;
    }
}
