using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a client has said that it understands (SET_CLIENT_CAP): the rest is not told to it. drm.h.</summary>
/// <param name="UniversalPlanes">Primary and cursor planes.</param>
/// <param name="Atomic">Atomic properties.</param>
/// <param name="Writeback">Writeback connectors.</param>
/// <param name="CursorHotspot">Cursor planes that point somewhere, which a host draws.</param>
public readonly record struct ModeClient(
    bool Stereo = false, bool AspectRatio = false, bool UniversalPlanes = false, bool Atomic = false, bool Writeback = false,
    bool CursorHotspot = false);

/// <summary>The reads that a snapshot answers. Pure; each is the ioctl of its name.</summary>
public static class ModeQueries
{
    /// <param name="file">The caller's id: framebuffers of others are not told.</param>
    public static ModeResources Resources(KmsState state, ulong file, ModeClient client) => new(
        [.. state.Framebuffers.Values.Where(f => f.Owner == file && !f.IsLoose).Select(f => f.Id)],
        [.. state.Config.Crtcs.Select(c => c.Id)],
        [.. state.Config.PresentConnectors.Where(c => client.Writeback || c.Type != ConnectorType.Writeback).Select(c => c.Id)],
        [.. state.Config.Encoders.Select(e => e.Id)],
        state.Config.MinWidth,
        state.Config.MaxWidth,
        state.Config.MinHeight,
        state.Config.MaxHeight);

    /// <param name="aspectRatio">The caller understands the aspect ratio of a mode; else it is not told.</param>
    public static Reply<ModeCrtc> Crtc(KmsState state, CrtcId id, bool aspectRatio = true)
    {
        if (state.Config.Find(id) is not { } crtc)
            return Reply<ModeCrtc>.Failed(Errno.ENOENT);
        var plane = state.PrimaryOf(crtc);
        return Reply<ModeCrtc>.Success(new ModeCrtc(
            id,
            plane.Framebuffer?.Id ?? default,
            plane.SrcX >> 16,
            plane.SrcY >> 16,
            crtc.GammaSize,
            aspectRatio ? state[crtc].Mode : WithoutAspect(state[crtc].Mode)));
    }

    /// <summary>What SETGAMMA set last. GAMMA_LUT, which may have been set since, is not told by it.</summary>
    public static Reply<GammaTable> Gamma(KmsState state, ModeGetGamma call)
    {
        if (state.Config.Find(call.Crtc) is not { } crtc)
            return Reply<GammaTable>.Failed(Errno.ENOENT);
        return call.Size == crtc.GammaSize
            ? Reply<GammaTable>.Success(state[crtc].LegacyGamma ?? FirstGamma(crtc.GammaSize))
            : Reply<GammaTable>.Failed(Errno.EINVAL);
    }

    public static ModePlaneResources PlaneResources(KmsState state, ModeClient client) => new(
        [.. state.Config.Planes.Where(p => IsTold(state.Config, p, client)).Select(p => p.Id)]);

    // An atomic client that does not know where such a cursor points would set it wrong: it shows a picture of its own instead.
    private static bool IsTold(ModeConfig config, Plane plane, ModeClient client) =>
        (client.UniversalPlanes || plane.Type == PlaneType.Overlay)
        && (plane.Type != PlaneType.Cursor || !config.CursorHotspot || !client.Atomic || client.CursorHotspot);

    public static Reply<ModePlane> Plane(KmsState state, PlaneId id)
    {
        if (state.Config.Find(id) is not { } plane)
            return Reply<ModePlane>.Failed(Errno.ENOENT);
        var now = state[plane];
        return Reply<ModePlane>.Success(
            new ModePlane(id, now.Crtc, now.Framebuffer?.Id ?? default, plane.PossibleCrtcs, plane.Formats));
    }

    public static Reply<ModeEncoder> Encoder(KmsState state, EncoderId id)
    {
        if (state.Config.Find(id) is not { } encoder)
            return Reply<ModeEncoder>.Failed(Errno.ENOENT);
        var crtc = state.Connectors.FirstOrDefault(c => c.Encoder == id)?.Crtc ?? default;
        return Reply<ModeEncoder>.Success(
            new ModeEncoder(id, encoder.Type, crtc, encoder.PossibleCrtcs, encoder.PossibleClones));
    }

    /// <param name="client">Which of its modes and properties the caller understands.</param>
    public static Reply<ModeConnector> Connector(KmsState state, ConnectorId id, ModeClient client)
    {
        if (state.Config.Find(id) is not { } connector)
            return Reply<ModeConnector>.Failed(Errno.ENOENT);
        var now = state[connector];
        return Reply<ModeConnector>.Success(new ModeConnector(
            id,
            now.Encoder,
            connector.Type,
            connector.TypeId,
            now.Status,
            (uint)(now.Edid?.WidthMm ?? 0),
            (uint)(now.Edid?.HeightMm ?? 0),
            SubpixelOrder.Unknown,
            connector.Encoders,
            ModeList.Expose(now.Modes, client.Stereo, client.AspectRatio),
            PropertyQueries.Values(state, connector, client.Atomic)));
    }

    private static ModeInfo? WithoutAspect(ModeInfo? mode) =>
        mode is null || (mode.Flags & ModeFlags.AspectMask) == ModeFlags.None ? mode : mode with { Flags = mode.Flags & ~ModeFlags.AspectMask };

    // The kernel steps by 256 whatever the size, so that only a table of 256 entries begins as a ramp. Nothing of it is sent to the hardware.
    private static GammaTable FirstGamma(uint size)
    {
        ImmutableArray<ushort> column = [.. Enumerable.Range(0, (int)size).Select(i => unchecked((ushort)(i << 8)))];
        return new GammaTable(column, column, column);
    }
}
