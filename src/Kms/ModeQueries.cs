using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a client has said that it understands (SET_CLIENT_CAP): the rest is not told to it. drm.h.</summary>
/// <param name="UniversalPlanes">Primary and cursor planes.</param>
/// <param name="Atomic">Atomic properties.</param>
/// <param name="Writeback">Writeback connectors.</param>
public readonly record struct ModeClient(
    bool Stereo = false, bool AspectRatio = false, bool UniversalPlanes = false, bool Atomic = false, bool Writeback = false);

/// <summary>The reads that a snapshot answers. Pure; each is the ioctl of its name.</summary>
public static class ModeQueries
{
    /// <param name="file">The caller's id: framebuffers of others are not told.</param>
    public static ModeResources Resources(KmsState state, ulong file, ModeClient client) => new(
        [.. state.Framebuffers.Values.Where(f => f.Owner == file && !f.IsCursor).Select(f => f.Id)],
        [.. state.Config.Crtcs.Select(c => c.Id)],
        [.. state.Config.PresentConnectors.Where(c => client.Writeback || c.Type != ConnectorType.Writeback).Select(c => c.Id)],
        [.. state.Config.Encoders.Select(e => e.Id)],
        state.Config.MinWidth,
        state.Config.MaxWidth,
        state.Config.MinHeight,
        state.Config.MaxHeight);

    public static Reply<ModeCrtc> Crtc(KmsState state, CrtcId id)
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
            state[crtc].Mode));
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
        [.. state.Config.Planes.Where(p => client.UniversalPlanes || p.Type == PlaneType.Overlay).Select(p => p.Id)]);

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

    // The kernel steps by 256 whatever the size, so that only a table of 256 entries begins as a ramp. Nothing of it is sent to the hardware.
    private static GammaTable FirstGamma(uint size)
    {
        ImmutableArray<ushort> column = [.. Enumerable.Range(0, (int)size).Select(i => unchecked((ushort)(i << 8)))];
        return new GammaTable(column, column, column);
    }
}
