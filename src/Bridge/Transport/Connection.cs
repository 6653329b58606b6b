using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>A connection to the bridge's socket: one request, one answer.</summary>
internal sealed class Connection(BridgeCore core, int socket) : IReadable
{
    // The reader thread's, for all of its connections.
    [ThreadStatic]
    private static byte[]? _room;

    private ulong _key;

    public void Listen() => _key = core.Poller.Add(socket, this);

    public void OnReadable()
    {
        var bytes = _room ??= new byte[Unsafe.SizeOf<WireOpen>() + WireConstants.ControlMax + 1];
        var length = SocketEnd.Receive(socket, bytes, out var descriptor);
        if (descriptor >= 0)
            Sys.Close(descriptor);
        core.Poller.Remove(socket, _key);
        if (length < Unsafe.SizeOf<WireOpen>() || MemoryMarshal.Read<WireOpen>(bytes) is not { Magic: WireConstants.Magic } open
            || open.Length != length - Unsafe.SizeOf<WireOpen>())
        {
            Sys.Close(socket);
            return;
        }

        var text = bytes.AsSpan(Unsafe.SizeOf<WireOpen>(), (int)open.Length);
        if (open.Op == (uint)WireOp.Open && text.Length <= WireConstants.PathMax)
            Open(Encoding.UTF8.GetString(text), open.Flags);
        else if (open.Op == (uint)WireOp.Control)
            ControlDesk.Run(core, text, Say);
        else
            Greet(open.Op);
    }

    /// <summary>What it sent before it closed is served all the same: a greeting is sent and forgotten.</summary>
    public void OnHangUp() => OnReadable();

    private void Greet(uint op)
    {
        if (op == (uint)WireOp.Hello)
            core.CountLoaded();
        Sys.Close(socket);
    }

    private void Open(string path, int flags)
    {
        if (CardOpening.MinorOf(path) is { } minor)
            CardOpening.Open(core, minor, flags, SocketEnd.PeerOf(socket), Answer);
        else
            core.Files.Open(path, flags, Answer);
    }

    private void Answer(ServedFile file)
    {
        var (errno, descriptor) = file.Errno != Errno.None ? (file.Errno, -1) : ServedDescriptor.Create(core, file);
        Answer(errno, descriptor);
    }

    // Any thread; once.
    private void Say(Errno errno, string text)
    {
        var bytes = new byte[Unsafe.SizeOf<WireOpened>() + Math.Min(Encoding.UTF8.GetByteCount(text), WireConstants.ControlMax)];
        MemoryMarshal.Write(bytes, new WireOpened { Magic = WireConstants.Magic, Error = (int)errno });
        Encoding.UTF8.TryGetBytes(text, bytes.AsSpan(Unsafe.SizeOf<WireOpened>()), out _);
        SocketEnd.Send(socket, bytes);
        Sys.Close(socket);
    }

    // Any thread; once. The reader thread sends it: whoever looks for hang-ups finds none that this process holds back, for the descriptor that
    // goes out is closed here before anybody else is served.
    private void Answer(Errno errno, int descriptor) => core.Reader.Post(() =>
    {
        var opened = new WireOpened { Magic = WireConstants.Magic, Error = (int)errno };
        SocketEnd.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<WireOpened>(in opened)), descriptor);
        if (descriptor >= 0)
            Sys.Close(descriptor);
        Sys.Close(socket);
    });
}
