using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// What a person in front of the machine does: plug monitors in and out, and look at them.
public sealed partial class DrmHost
{
    // The mode may change between the two.
    private const int CaptureAttempts = 8;

    /// <summary>Plugs a monitor in. The card looks at it while it polls, or when the master asks next.</summary>
    /// <param name="edid">The bytes that the monitor answers: empty for none, and any rubbish is possible.</param>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such connector.</exception>
    public Task PlugAsync(int minor, ConnectorId connector, ReadOnlyMemory<byte> edid, CancellationToken cancellationToken = default) =>
        PlugAsync(minor, connector, new PlugMonitor(ConnectorStatus.Connected, [.. edid.Span]), cancellationToken);

    /// <summary>Plugs in a monitor without an EDID that shows these modes, the best first.</summary>
    /// <exception cref="DrmException">As <see cref="PlugAsync(int, ConnectorId, ReadOnlyMemory{byte}, CancellationToken)"/>.</exception>
    public Task PlugAsync(int minor, ConnectorId connector, IEnumerable<ModeInfo> modes, CancellationToken cancellationToken = default) =>
        PlugAsync(minor, connector, new PlugMonitor(ConnectorStatus.Connected, []) { Modes = [.. modes] }, cancellationToken);

    /// <summary>
    /// A connector comes at run time, as one behind a DisplayPort branch (MST) does: it is a DisplayPort, tells its place in PATH, and shares the
    /// encoders of its parent where the board has none for branches.
    /// </summary>
    /// <param name="edid">What the monitor in it answers; empty for none.</param>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such parent.</exception>
    public async Task<ConnectorId> AddConnectorAsync(
        int minor, ConnectorId parent, ReadOnlyMemory<byte> edid, CancellationToken cancellationToken = default)
    {
        var monitor = new PlugMonitor(ConnectorStatus.Connected, [.. edid.Span]);
        return (await _supervisor.RequireAsync(new AddPort(minor, parent, monitor), cancellationToken)).Connector;
    }

    /// <summary>A connector that came at run time goes: at once where it is dark, else as soon as it is; until then it is disconnected.</summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such connector. EINVAL: it was always there.</exception>
    public Task RemoveConnectorAsync(int minor, ConnectorId connector, CancellationToken cancellationToken = default) =>
        _supervisor.RequireAsync(new RemovePort(minor, connector), cancellationToken);

    /// <summary>
    /// Says that the link of a connector has failed (its cable, say), or that it works again: the "link-status" property tells, and a uevent. A client
    /// sets its mode again then.
    /// </summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such connector.</exception>
    public Task SetLinkAsync(int minor, ConnectorId connector, bool isBad, CancellationToken cancellationToken = default) =>
        _supervisor.RequireAsync(new SetLink(minor, connector, isBad), cancellationToken);

    /// <summary>The connector of a name, as "HDMI-A-1". Null where the card has none.</summary>
    /// <exception cref="DrmException">ENODEV: no such card.</exception>
    public async Task<ConnectorId?> FindConnectorAsync(int minor, string name, CancellationToken cancellationToken = default) =>
        (await StateAsync(minor, cancellationToken)).Config.PresentConnectors.FirstOrDefault(c => ConnectorNames.Spell(c.Type, c.TypeId) == name)?.Id;

    /// <summary>The names of a card's connectors, in the order of their ids.</summary>
    /// <exception cref="DrmException">ENODEV: no such card.</exception>
    public async Task<IReadOnlyList<string>> ConnectorNamesAsync(int minor, CancellationToken cancellationToken = default) =>
        [.. (await ConnectorsAsync(minor, cancellationToken)).Select(c => c.Name)];

    internal async Task<IReadOnlyList<(string Name, ConnectorState State)>> ConnectorsAsync(int minor, CancellationToken cancellationToken = default)
    {
        var state = await StateAsync(minor, cancellationToken);
        return [.. state.Config.PresentConnectors.Select(c => (ConnectorNames.Spell(c.Type, c.TypeId), state[c]))];
    }

    internal async Task<string?> NameOfAsync(int minor, ConnectorId connector) =>
        (await StateAsync(minor, CancellationToken.None)).Config.Find(connector) is { } found ? ConnectorNames.Spell(found.Type, found.TypeId) : null;

    internal async Task<ImmutableArray<CrtcId>> CrtcsAsync(int minor) =>
        [.. (await StateAsync(minor, CancellationToken.None)).Config.Crtcs.Select(c => c.Id)];

    private async Task<KmsState> StateAsync(int minor, CancellationToken cancellationToken) =>
        (await _supervisor.RequireAsync(new ViewCard(minor), cancellationToken)).View.State;

    /// <summary>Pulls the monitor out.</summary>
    /// <exception cref="DrmException">As <see cref="PlugAsync(int, ConnectorId, ReadOnlyMemory{byte}, CancellationToken)"/>.</exception>
    public Task UnplugAsync(int minor, ConnectorId connector, CancellationToken cancellationToken = default) =>
        PlugAsync(minor, connector, new PlugMonitor(ConnectorStatus.Disconnected, ImmutableArray<byte>.Empty), cancellationToken);

    /// <summary>What the monitor behind a CRTC shows now.</summary>
    /// <exception cref="DrmException">ENODEV: no such card, or the CRTC is off. ENOENT: no such CRTC. ENOMEM: no memory for the picture.</exception>
    public Task<DrmFrame> CaptureAsync(int minor, CrtcId crtc, CancellationToken cancellationToken = default) =>
        CaptureAsync(new CaptureFrame(minor, crtc, default), cancellationToken);

    /// <summary>
    /// The last picture that a client showed on the first CRTC that showed one, although the client may be gone: with
    /// <see cref="DrmHostOptions.KeepLastPicture"/>, else only one that is still shown. Null where none did.
    /// </summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOMEM: no memory for the picture.</exception>
    public async Task<DrmFrame?> LastPictureAsync(int minor = 0, CancellationToken cancellationToken = default)
    {
        for (var index = 0; ; index++)
        {
            var found = await _supervisor.CallAsync(new CaptureLast(minor, index, default), cancellationToken);
            if (found.Errno == Errno.ENOENT)
                return null;
            if (found.Value is not null && await CaptureUnlessDarkAsync(new CaptureLast(minor, index, default), cancellationToken) is { } frame)
                return frame;
            if (!await IsThereAsync(minor, cancellationToken))
                throw new DrmException(Errno.ENODEV, new CaptureLast(minor, index, default));
        }
    }

    // Null where it has gone dark since it was found, and nothing was kept of it.
    private async Task<DrmFrame?> CaptureUnlessDarkAsync(CaptureLast call, CancellationToken cancellationToken)
    {
        try
        {
            return await CaptureAsync(call, cancellationToken);
        }
        catch (DrmException dark) when (dark.Errno == Errno.ENODEV)
        {
            return null;
        }
    }

    private async Task<DrmFrame> CaptureAsync(ICapture call, CancellationToken cancellationToken)
    {
        for (var i = 0; i < CaptureAttempts; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reply = await _supervisor.CallAsync(call, CancellationToken.None);
            if (reply is { Errno: Errno.EINVAL, Value: { } size })
            {
                Replace(ref call, (long)size.Width * size.Height * DrmFrame.BytesPerPixel);
                continue;
            }

            return Take(call, reply);
        }

        Drop(call);
        throw new DrmException(Errno.EBUSY, call);
    }

    /// <summary>Waits for the frame that the next vblank begins, and tells its CRC.</summary>
    /// <exception cref="DrmException">ENODEV: no such card, or the CRTC is off. ENOENT: no such CRTC.</exception>
    public async Task<FrameInfo> NextFrameAsync(int minor, CrtcId crtc, CancellationToken cancellationToken = default)
    {
        var taken = await _supervisor.RequireAsync(new NextFrame(minor, crtc), cancellationToken);
        return new FrameInfo(taken.Crc, taken.Sequence, taken.Time);
    }

    /// <summary>Whether a card answers. It asks for a picture of no CRTC, which changes nothing.</summary>
    internal async Task<bool> IsThereAsync(int minor, CancellationToken cancellationToken) =>
        (await _supervisor.CallAsync(new CaptureFrame(minor, default, default), cancellationToken)).Errno == Errno.ENOENT;

    private Task PlugAsync(int minor, ConnectorId connector, PlugMonitor monitor, CancellationToken cancellationToken) =>
        _supervisor.RequireAsync(new PlugCard(minor, connector, monitor), cancellationToken);

    private void Replace(ref ICapture call, long size)
    {
        Drop(call);
        var errno = _arena.TryAllocate(size, ArenaBacking.Shared, out var block);
        call = call.Into(block);
        if (errno != Errno.None)
            throw new DrmException(errno, call);
    }

    private DrmFrame Take(ICapture call, Reply<CapturedFrame> reply)
    {
        try
        {
            return reply.Ok
                ? new DrmFrame(new GemMapping(_arena, call.Target), reply.Value!.Width, reply.Value.Height, reply.Value.Crc, reply.Value.Sequence)
                : throw new DrmException(reply.Errno, call);
        }
        finally
        {
            // From here on only the mapping keeps it.
            Drop(call);
        }
    }

    private void Drop(ICapture call)
    {
        if (!call.Target.IsEmpty)
            _arena.Free(call.Target);
    }
}
