using System.Globalization;
using System.Text;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// crtc-N/crc/data of debugfs while it is open: a line a frame, its number and its CRC, one a read. What nobody reads in time is lost, as in the kernel.
/// </summary>
internal sealed class CrcStream : IReadable
{
    // A CRTC that is dark has no frames; it may be lit again.
    private static readonly TimeSpan WhileDark = TimeSpan.FromMilliseconds(20);

    private readonly BridgeCore _core;
    private readonly FrameSource _source;
    private readonly int _socket;
    private readonly CancellationTokenSource _closed = new();
    private ulong _key;

    private CrcStream(BridgeCore core, FrameSource source, int socket) => (_core, _source, _socket) = (core, source, socket);

    /// <summary>EBUSY where somebody reads the CRCs of this CRTC already.</summary>
    /// <param name="end">Where the lines go; it is taken over.</param>
    public static Errno Open(BridgeCore core, FrameSource source, int end)
    {
        // One that was closed before is closed now.
        core.Poller.ServeHangUps();
        var stream = new CrcStream(core, source, end);
        if (!core.Streams.TryAdd((source.Minor, source.Crtc), stream))
        {
            Sys.Close(end);
            return Errno.EBUSY;
        }

        stream._key = core.Poller.Add(end, stream);
        _ = stream.FeedAsync();
        return Errno.None;
    }

    public void OnReadable()
    {
        // Whatever a reader writes means nothing.
        Span<byte> bytes = stackalloc byte[64];
        using var along = new Luggage(_core.Poller.Forks);
        _ = SocketEnd.Receive(_socket, bytes, along);
    }

    public void OnHangUp()
    {
        if (!_core.Streams.TryRemove((_source.Minor, _source.Crtc), out _))
            return;
        _closed.Cancel();
        _core.Poller.Remove(_socket, _key);
        Sys.Close(_socket);
    }

    private async Task FeedAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var frame = await _core.Host.NextFrameAsync(_source.Minor, _source.Crtc, _closed.Token);
                _core.Reader.Post(() => Send(frame));
            }
            catch (DrmException)
            {
                await Task.Delay(WhileDark, _core.Host.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // The reader thread's, as the close is. The kernel's line ends with its 0.
    private void Send(FrameInfo frame)
    {
        if (!_closed.IsCancellationRequested)
            SocketEnd.Send(_socket, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0x{(uint)frame.Sequence:x8} 0x{frame.Crc:x8}\n\0")));
    }
}
