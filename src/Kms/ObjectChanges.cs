namespace DrmActors.Kms;

// What a draft touches. New begins as Old, but for what holds for one commit only.

/// <summary>A plane as it is and as it is to be.</summary>
public sealed class PlaneChange(Plane plane, PlaneState old)
{
    public Plane Plane { get; } = plane;

    public PlaneState Old { get; } = old;

    public PlaneState New { get; set; } = old.DamageClips is null ? old : old with { DamageClips = null };
}

/// <summary>A CRTC as it is and as it is to be, and what a check has found out about the way there.</summary>
public sealed class CrtcChange(Crtc crtc, CrtcState old)
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
}

/// <summary>A connector as it is and as it is to be.</summary>
public sealed class ConnectorChange(Connector connector, ConnectorState old)
{
    public Connector Connector { get; } = connector;

    public ConnectorState Old { get; } = old;

    public ConnectorState New { get; set; } = old;

    /// <summary>Where a writeback connector is to write one frame; null for nowhere.</summary>
    public Framebuffer? WritebackTarget { get; set; }

    /// <summary>Where the client wants a fence of that; 0 for none.</summary>
    public ulong WritebackFence { get; set; }
}
