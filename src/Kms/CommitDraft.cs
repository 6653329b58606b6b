using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// A commit on its way: the objects that it touches, each as it is and as it is to be. A plane or a connector brings the CRTC that it is on and
/// the one that it goes to. What it costs depends on what it touches, not on what the device has. It is made of one published state, used once,
/// and becomes the next state or is thrown away, ids and all.
/// </summary>
/// <param name="allowModeset">Whether it may do what makes a screen go dark for a moment.</param>
public sealed class CommitDraft(KmsState old, bool allowModeset = true)
{
    private TouchedObjects<PlaneChange> _planes;
    private TouchedObjects<CrtcChange> _crtcs;
    private TouchedObjects<ConnectorChange> _connectors;
    private ImmutableSortedDictionary<uint, Framebuffer> _framebuffers = old.Framebuffers;
    private uint _nextId = old.Config.NextId;

    public KmsState Old => old;

    public ModeConfig Config => old.Config;

    public bool AllowModeset => allowModeset;

    /// <summary>What the caller may name; null for everything.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Which descriptors are sync files; null where none is.</summary>
    public Func<Descriptor, bool>? IsSyncFile { get; init; }

    /// <summary>For people: what the device's limits allow, and this does not keep. Null where no limit refuses it.</summary>
    public string? Passed { get; internal set; }

    /// <summary>Changes the picture in the middle of a frame.</summary>
    public bool IsAsync { get; init; }

    public TouchedObjects<PlaneChange> Planes => _planes;

    public TouchedObjects<CrtcChange> Crtcs => _crtcs;

    public TouchedObjects<ConnectorChange> Connectors => _connectors;

    /// <summary>Null for what has no state of its own.</summary>
    public ObjectChange? Touch(IModeObject of) => of switch
    {
        Plane plane => Touch(plane),
        Crtc crtc => Touch(crtc),
        Connector connector => Touch(connector),
        _ => null,
    };

    public PlaneChange Touch(Plane plane)
    {
        if (_planes.Find(plane.Index) is { } known)
            return known;
        var change = new PlaneChange(plane, old[plane]);
        _planes.Add(change);
        if (old.Config.Find(change.Old.Crtc) is { } crtc)
            Touch(crtc);
        return change;
    }

    public CrtcChange Touch(Crtc crtc)
    {
        if (Find(crtc) is { } known)
            return known;
        var change = new CrtcChange(crtc, old[crtc]);
        _crtcs.Add(change);
        return change;
    }

    public ConnectorChange Touch(Connector connector)
    {
        if (Find(connector) is { } known)
            return known;
        var change = new ConnectorChange(connector, old[connector]);
        _connectors.Add(change);
        if (old.Config.Find(change.Old.Crtc) is { } crtc)
            Touch(crtc);
        return change;
    }

    /// <summary>Null where it is not touched.</summary>
    public CrtcChange? Find(Crtc crtc) => _crtcs.Find(crtc.Index);

    public ConnectorChange? Find(Connector connector) => _connectors.Find(connector.Index);

    /// <summary>As it is to be.</summary>
    public PlaneState this[Plane plane] => _planes.Find(plane.Index)?.New ?? old[plane];

    public ConnectorState this[Connector connector] => Find(connector)?.New ?? old[connector];

    public CrtcState this[Crtc crtc] => Find(crtc)?.New ?? old[crtc];

    /// <summary>EACCES for a CRTC that the caller has not been lent.</summary>
    /// <param name="value">A CRTC's id; 0 for none.</param>
    public Errno Named(ulong value, out Crtc? crtc)
    {
        crtc = old.Config.Find(new CrtcId((uint)value));
        return crtc is null || Lease is null || Lease.Holds((uint)value) ? Errno.None : Errno.EACCES;
    }

    /// <summary>Puts a plane on a CRTC, or on none.</summary>
    public void Move(PlaneChange plane, Crtc? crtc)
    {
        var id = crtc?.Id ?? default;
        if (plane.New.Crtc == id)
            return;
        var index = plane.Plane.Index;
        if (old.Config.Find(plane.New.Crtc) is { } left)
            Touch(left).Change(c => c with { Planes = c.Planes.Remove(index) });
        if (crtc is not null)
            Touch(crtc).Change(c => c with { Planes = c.Planes.Including(index) });
        plane.New = plane.New with { Crtc = id };
    }

    /// <summary>Lets a CRTC drive a connector, or none.</summary>
    public void Move(ConnectorChange connector, Crtc? crtc)
    {
        var id = crtc?.Id ?? default;
        if (connector.New.Crtc == id)
            return;
        var index = connector.Connector.Index;
        if (old.Config.Find(connector.New.Crtc) is { } left)
            Touch(left).Change(c => c with { Connectors = c.Connectors.Remove(index) });
        if (crtc is not null)
            Touch(crtc).Change(c => c with { Connectors = c.Connectors.Including(index) });
        connector.New = connector.New with { Crtc = id };
    }

    public void SwitchOff(PlaneChange plane)
    {
        Move(plane, null);
        plane.New = plane.New.Darkened();
    }

    /// <summary>A blob of the device's own, under an id that is taken only if the draft becomes a state.</summary>
    public Blob NewBlob(ImmutableArray<byte> data) => new(new BlobId(_nextId++), Owner: 0, data);

    /// <summary>A framebuffer that comes with the commit.</summary>
    public Framebuffer Add(Framebuffer framebuffer)
    {
        framebuffer = framebuffer with { Id = new FramebufferId(_nextId++) };
        _framebuffers = _framebuffers.Add(framebuffer.Id.Value, framebuffer);
        return framebuffer;
    }

    /// <summary>The next state. What is not changed is the same object in both.</summary>
    public KmsState Build() => old with
    {
        Config = _nextId == old.Config.NextId ? old.Config : old.Config with { NextId = _nextId },
        Framebuffers = _framebuffers,
        Planes = Apply(old.Planes, _planes, static p => (p.Old, p.New)),
        Crtcs = Apply(old.Crtcs, _crtcs, static c => (c.Old, c.New)),
        Connectors = Apply(old.Connectors, _connectors, static c => (c.Old, c.New)),
    };

    private static ImmutableArray<TState> Apply<TState, TChange>(
        ImmutableArray<TState> states, TouchedObjects<TChange> changes, Func<TChange, (TState Old, TState New)> read)
        where TState : class
        where TChange : ObjectChange<TChange>
    {
        TState[]? next = null;
        foreach (var change in changes)
        {
            var (before, after) = read(change);
            if (!ReferenceEquals(before, after))
                (next ??= [.. states])[change.Index] = after;
        }

        return next is null ? states : ImmutableCollectionsMarshal.AsImmutableArray(next);
    }
}
