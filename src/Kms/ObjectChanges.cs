using DrmActors.Messages;

namespace DrmActors.Kms;

// What a draft touches. New begins as Old, but for what holds for one commit only.

/// <summary>An object that has properties, as it is and as it is to be.</summary>
/// <param name="index">The object's in its device.</param>
public abstract class ObjectChange(int index)
{
    internal int Index => index;

    /// <summary>As it is to be.</summary>
    internal abstract ulong Get(AttachedProperty attached);

    /// <param name="value">One that the property takes.</param>
    internal abstract Errno Set(CommitDraft draft, PropertyRole role, ulong value);
}

/// <summary>One of those that are linked in the order of their indexes.</summary>
public abstract class ObjectChange<TSelf>(int index) : ObjectChange(index)
    where TSelf : ObjectChange<TSelf>
{
    /// <summary>The next of its kind in its draft.</summary>
    internal TSelf? Next { get; set; }
}

/// <summary>A plane as it is and as it is to be.</summary>
public sealed class PlaneChange(Plane plane, PlaneState old) : ObjectChange<PlaneChange>(plane.Index)
{
    public Plane Plane { get; } = plane;

    public PlaneState Old { get; } = old;

    public PlaneState New { get; set; } = old.DamageClips is null ? old : old with { DamageClips = null };

    /// <summary>The sync file that the commit waits for before it shows the plane so.</summary>
    public Descriptor InFence { get; set; } = Descriptor.None;

    internal override ulong Get(AttachedProperty attached) => PlaneProperties.Get(New, attached);

    internal override Errno Set(CommitDraft draft, PropertyRole role, ulong value) => PlaneProperties.Set(draft, this, role, value);
}

/// <summary>A CRTC as it is and as it is to be, and what a check has found out about the way there.</summary>
public sealed class CrtcChange(Crtc crtc, CrtcState old) : ObjectChange<CrtcChange>(crtc.Index)
{
    public Crtc Crtc { get; } = crtc;

    public CrtcState Old { get; } = old;

    public CrtcState New { get; set; } = old;

    /// <summary>Somebody wants to hear when it is on the screen.</summary>
    public bool HasEvent { get; set; }

    /// <summary>Where the client wants a fence of the commit; 0 for none.</summary>
    public ulong OutFence { get; set; }

    public bool ModeChanged { get; set; }

    public bool ActiveChanged { get; set; }

    public bool ConnectorsChanged { get; set; }

    public bool NeedsModeset => ModeChanged || ActiveChanged || ConnectorsChanged;

    public void Change(Func<CrtcState, CrtcState> how) => New = how(New);

    internal override ulong Get(AttachedProperty attached) => CrtcProperties.Get(New, attached);

    internal override Errno Set(CommitDraft draft, PropertyRole role, ulong value) => CrtcProperties.Set(draft, this, role, value);
}

/// <summary>A connector as it is and as it is to be.</summary>
public sealed class ConnectorChange(Connector connector, ConnectorState old) : ObjectChange<ConnectorChange>(connector.Index)
{
    public Connector Connector { get; } = connector;

    public ConnectorState Old { get; } = old;

    public ConnectorState New { get; set; } = old;

    /// <summary>Where a writeback connector is to write one frame; null for nowhere.</summary>
    public Framebuffer? WritebackTarget { get; set; }

    /// <summary>Where the client wants a fence of that; 0 for none.</summary>
    public ulong WritebackFence { get; set; }

    internal override ulong Get(AttachedProperty attached) => ConnectorProperties.Get(New, attached);

    internal override Errno Set(CommitDraft draft, PropertyRole role, ulong value) => ConnectorProperties.Set(draft, this, role, value);
}
