using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>What a device would show if a commit were let through: all that is lit, not only what the commit changes.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="AllowModeset">It may make a screen go dark for a moment.</param>
/// <param name="IsAsync">It changes the picture in the middle of a frame.</param>
/// <param name="Crtcs">All of the device, in the order of its resources.</param>
/// <param name="Planes">Those that show something.</param>
/// <param name="Connectors">Those that a CRTC drives.</param>
public sealed record ProposedCommit(
    string Board,
    bool AllowModeset,
    bool IsAsync,
    ImmutableArray<ProposedCrtc> Crtcs,
    ImmutableArray<ProposedPlane> Planes,
    ImmutableArray<ProposedConnector> Connectors)
{
    internal static ProposedCommit Of(string board, CommitDraft draft)
    {
        var config = draft.Config;
        return new ProposedCommit(
            board,
            draft.AllowModeset,
            draft.IsAsync,
            [.. config.Crtcs.Select(c => new ProposedCrtc(c.Id, draft.Find(c) is not null, draft[c].Active, draft[c].Mode))],
            [.. config.Planes.Where(p => draft[p].Framebuffer is not null).Select(p => ProposedPlane.Of(p, draft[p]))],
            [.. config.Connectors.Where(c => !draft[c].Crtc.IsNone).Select(c => new ProposedConnector(c.Id, c.Type, draft[c].Crtc))]);
    }
}

/// <param name="IsTouched">The commit names it, or something that is on it.</param>
/// <param name="Active">False for one that sleeps.</param>
/// <param name="Mode">Null for one that is off.</param>
public sealed record ProposedCrtc(CrtcId Id, bool IsTouched, bool Active, ModeInfo? Mode);

public sealed record ProposedConnector(ConnectorId Id, ConnectorType Type, CrtcId Crtc);

/// <summary>A plane that shows something.</summary>
/// <param name="Format">A fourcc.</param>
/// <param name="Width">Of the framebuffer, in pixels.</param>
/// <param name="Source">In 16.16 pixels of the framebuffer.</param>
/// <param name="Target">In pixels of the CRTC.</param>
/// <param name="Zpos">0 where the hardware has a fixed order.</param>
/// <param name="Alpha">0xffff for opaque.</param>
public sealed record ProposedPlane(
    PlaneId Id,
    PlaneType Type,
    CrtcId Crtc,
    uint Format,
    ulong Modifier,
    uint Width,
    uint Height,
    ProposedSource Source,
    ProposedTarget Target,
    Rotation Rotation,
    uint Zpos,
    ushort Alpha)
{
    internal static ProposedPlane Of(Plane plane, PlaneState state) => new(
        plane.Id,
        plane.Type,
        state.Crtc,
        state.Framebuffer!.Format,
        state.Framebuffer.Modifier,
        state.Framebuffer.Width,
        state.Framebuffer.Height,
        new ProposedSource(state.SrcX, state.SrcY, state.SrcW, state.SrcH),
        new ProposedTarget(state.CrtcX, state.CrtcY, state.CrtcW, state.CrtcH),
        state.Rotation,
        state.Zpos,
        state.Alpha);
}

public readonly record struct ProposedSource(uint X, uint Y, uint Width, uint Height);

public readonly record struct ProposedTarget(int X, int Y, uint Width, uint Height);
