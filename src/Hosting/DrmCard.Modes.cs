using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Mode setting, page flips, gamma and vblanks.
public sealed partial class DrmCard
{
    public Task<ModeResources> GetResourcesAsync(CancellationToken cancellationToken = default) =>
        Require(new ModeGetResources(), cancellationToken);

    public Task<ModeCrtc> GetCrtcAsync(CrtcId crtc, CancellationToken cancellationToken = default) =>
        Require(new ModeGetCrtc(crtc), cancellationToken);

    public Task<ModeEncoder> GetEncoderAsync(EncoderId encoder, CancellationToken cancellationToken = default) =>
        Require(new ModeGetEncoder(encoder), cancellationToken);

    /// <param name="probe">Whether the master's call looks for the monitor anew, or tells what the last probe found.</param>
    public Task<ModeConnector> GetConnectorAsync(ConnectorId connector, bool probe = true, CancellationToken cancellationToken = default) =>
        Require(new ModeGetConnector(connector, probe), cancellationToken);

    /// <summary>MODE_SETCRTC: lights a CRTC on one connector.</summary>
    public Task SetCrtcAsync(
        CrtcId crtc,
        FramebufferId framebuffer,
        ConnectorId connector,
        ModeInfo mode,
        CancellationToken cancellationToken = default) => SetCrtcAsync(crtc, framebuffer, 0, 0, [connector], mode, cancellationToken);

    /// <summary>MODE_SETCRTC: lights a CRTC, or turns it off (no framebuffer, connectors or mode). Master only.</summary>
    /// <param name="x">Of the framebuffer's pixel that comes first.</param>
    /// <param name="y">Of the framebuffer's row that comes first.</param>
    /// <exception cref="DrmException">
    /// EACCES: not master. ENOENT: unknown ids. EINVAL: parts that do not go together, or a mode that cannot be. ENOSPC: too small a framebuffer.
    /// </exception>
    public Task SetCrtcAsync(
        CrtcId crtc,
        FramebufferId framebuffer,
        uint x,
        uint y,
        ImmutableArray<ConnectorId> connectors,
        ModeInfo? mode,
        CancellationToken cancellationToken = default) =>
        Require(new ModeSetCrtc(crtc, framebuffer, x, y, connectors, mode), cancellationToken);

    /// <summary>MODE_PAGE_FLIP: shows another framebuffer from the next vblank on, and by default says so with an event. Master only.</summary>
    /// <param name="userData">Comes back in the event.</param>
    /// <exception cref="DrmException">
    /// EBUSY: a flip is pending, or nothing is shown. ENOSPC: too small. EINVAL: another format. ENOMEM: too many events were not read.
    /// </exception>
    public Task PageFlipAsync(
        CrtcId crtc,
        FramebufferId framebuffer,
        PageFlipFlags flags = PageFlipFlags.Event,
        ulong userData = 0,
        CancellationToken cancellationToken = default) =>
        Require(new ModePageFlip(crtc, framebuffer, flags, userData), cancellationToken);

    /// <summary>MODE_GETGAMMA: the table that was set last.</summary>
    /// <param name="size">Entries: the CRTC's own <see cref="ModeCrtc.GammaSize"/>.</param>
    /// <exception cref="DrmException">ENOENT: no such CRTC. EINVAL: another size.</exception>
    public Task<GammaTable> GetGammaAsync(CrtcId crtc, uint size, CancellationToken cancellationToken = default) =>
        Require(new ModeGetGamma(crtc, size), cancellationToken);

    /// <summary>MODE_SETGAMMA: maps each component of the picture from the next vblank on, and returns then. Master only.</summary>
    /// <param name="table">As many entries as the CRTC's <see cref="ModeCrtc.GammaSize"/>, all columns alike.</param>
    /// <exception cref="DrmException">EACCES: not master. ENOENT: no such CRTC. ENOSYS: it has no table. EINVAL: another size.</exception>
    public Task SetGammaAsync(CrtcId crtc, GammaTable table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Require(new ModeSetGamma(crtc, (uint)table.Red.Length, table), cancellationToken);
    }

    /// <summary>WAIT_VBLANK: waits, and tells the count and the time of the vblank that ended the wait.</summary>
    /// <param name="crtc">The CRTC's index in the resources.</param>
    /// <exception cref="DrmException">EINVAL: the CRTC is off. EBUSY: three seconds without the vblank.</exception>
    public Task<VblankReply> WaitVblankAsync(VblankTarget target, int crtc = 0, CancellationToken cancellationToken = default) =>
        Require(new WaitVblank(target.Flags | WaitVblank.OnCrtc(crtc), target.Sequence), cancellationToken);

    /// <summary>WAIT_VBLANK with an event: returns at once the count that a <see cref="VblankEvent"/> will come for.</summary>
    /// <param name="crtc">The CRTC's index in the resources.</param>
    /// <param name="userData">Comes back in the event.</param>
    /// <exception cref="DrmException">EINVAL: the CRTC is off. ENOMEM: too many events were not read.</exception>
    public Task<VblankReply> RequestVblankEventAsync(
        VblankTarget target,
        int crtc = 0,
        ulong userData = 0,
        CancellationToken cancellationToken = default) =>
        Require(new WaitVblank(target.Flags | VblankFlags.Event | WaitVblank.OnCrtc(crtc), target.Sequence, userData), cancellationToken);
}
