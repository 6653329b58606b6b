using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>All that a device shows, as one immutable value: a commit drafts the next one, checks it, and publishes it.</summary>
public sealed record KmsState
{
    public required ModeConfig Config { get; init; }

    /// <summary>By index, as in <see cref="Config"/>.</summary>
    public required ImmutableArray<CrtcState> Crtcs { get; init; }

    public required ImmutableArray<PlaneState> Planes { get; init; }

    public required ImmutableArray<ConnectorState> Connectors { get; init; }

    public ImmutableSortedDictionary<uint, Framebuffer> Framebuffers { get; init; } = ImmutableSortedDictionary<uint, Framebuffer>.Empty;

    /// <summary>Those that files made and have not destroyed. What a state refers to stands in that state.</summary>
    public ImmutableSortedDictionary<uint, Blob> Blobs { get; init; } = ImmutableSortedDictionary<uint, Blob>.Empty;

    /// <summary>Everything off and unprobed: what resetting the mode configuration leaves.</summary>
    public static KmsState Reset(ModeConfig config) => new()
    {
        Config = config,
        Crtcs = [.. config.Crtcs.Select(_ => CrtcState.Off)],
        Planes = [.. config.Planes.Select(PlaneState.Of)],
        Connectors = [.. config.Connectors.Select(ConnectorState.Of)],
    };

    /// <summary>A connector that comes at run time, not probed yet.</summary>
    public KmsState PlugIn(ConnectorType type, ImmutableArray<EncoderId> encoders, uint maxClock, ImmutableArray<byte> path, out Connector connector)
    {
        var config = Config.PlugIn(type, encoders, maxClock, path, out connector);
        var state = ConnectorState.Of(connector);
        return this with
        {
            Config = config,
            Connectors = connector.Index < Connectors.Length ? Connectors.SetItem(connector.Index, state) : Connectors.Add(state),
        };
    }

    /// <summary>One that came at run time goes: at once where it is dark, else when it is.</summary>
    public KmsState Unplug(Connector connector)
    {
        var isLit = !this[connector].Crtc.IsNone;
        var next = this with { Config = Config.Replace(connector with { IsLeaving = true, IsGone = !isLit }) };
        return isLit ? next : next with { Connectors = next.Connectors.SetItem(connector.Index, ConnectorState.Unprobed) };
    }

    public CrtcState this[Crtc crtc] => Crtcs[crtc.Index];

    public PlaneState this[Plane plane] => Planes[plane.Index];

    public ConnectorState this[Connector connector] => Connectors[connector.Index];

    /// <summary>Which planes and connectors the CRTC has is not changed by this: they say so.</summary>
    public KmsState With(Crtc crtc, CrtcState state) => Set(crtc, state with { Planes = this[crtc].Planes, Connectors = this[crtc].Connectors });

    public KmsState With(Plane plane, PlaneState state)
    {
        var next = this with { Planes = Planes.SetItem(plane.Index, state) };
        if (Config.Find(this[plane].Crtc) is { } old && old.Id != state.Crtc)
            next = next.Set(old, next[old] with { Planes = next[old].Planes.Remove(plane.Index) });
        if (Config.Find(state.Crtc) is { } crtc && crtc.Id != this[plane].Crtc)
            next = next.Set(crtc, next[crtc] with { Planes = next[crtc].Planes.Including(plane.Index) });
        return next;
    }

    public KmsState With(Connector connector, ConnectorState state)
    {
        var next = this with { Connectors = Connectors.SetItem(connector.Index, state) };
        if (Config.Find(this[connector].Crtc) is { } old && old.Id != state.Crtc)
            next = next.Set(old, next[old] with { Connectors = next[old].Connectors.Remove(connector.Index) });
        if (Config.Find(state.Crtc) is { } crtc && crtc.Id != this[connector].Crtc)
            next = next.Set(crtc, next[crtc] with { Connectors = next[crtc].Connectors.Including(connector.Index) });
        return next;
    }

    public PlaneState PrimaryOf(Crtc crtc) => Planes[Config.PrimaryOf(crtc).Index];

    /// <summary>What a CRTC shows, from the farthest to the nearest.</summary>
    public ImmutableArray<PlaneState> Shown(Crtc crtc)
    {
        var of = this[crtc].Planes;
        var shown = ImmutableArray.CreateBuilder<(int Height, int Index)>(of.Length);
        foreach (var index in of)
            if (Planes[index].Framebuffer is not null)
                shown.Add((Config.Planes[index].Height(Planes[index]), index));
        shown.Sort();
        var states = ImmutableArray.CreateBuilder<PlaneState>(shown.Count);
        foreach (var (_, index) in shown)
            states.Add(Planes[index]);
        return states.MoveToImmutable();
    }

    public Framebuffer? Find(FramebufferId id) => Framebuffers.GetValueOrDefault(id.Value);

    /// <summary>Adds a framebuffer under the next free id. Ids count on and wrap, so one just removed is not met again at once.</summary>
    public KmsState Add(Framebuffer framebuffer, out FramebufferId id)
    {
        id = new FramebufferId(Config.NextId);
        return this with
        {
            Config = Config with { NextId = Config.NextId + 1 },
            Framebuffers = Framebuffers.Add(id.Value, framebuffer with { Id = id }),
        };
    }

    public KmsState Remove(FramebufferId id) => this with { Framebuffers = Framebuffers.Remove(id.Value) };

    /// <summary>A blob under the next free id, which lives where the caller puts it.</summary>
    public KmsState NewBlob(ulong owner, ImmutableArray<byte> data, out Blob blob)
    {
        blob = new Blob(new BlobId(Config.NextId), owner, data);
        return this with { Config = Config with { NextId = Config.NextId + 1 } };
    }

    private KmsState Set(Crtc crtc, CrtcState state) => this with { Crtcs = Crtcs.SetItem(crtc.Index, state) };
}

internal static class IndexSets
{
    /// <summary>The ascending numbers with one more.</summary>
    public static ImmutableArray<int> Including(this ImmutableArray<int> set, int index)
    {
        var at = set.BinarySearch(index);
        return at < 0 ? set.Insert(~at, index) : set;
    }
}
