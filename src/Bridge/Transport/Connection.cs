using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DrmActors.Bridge.Descriptors;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Uevents;
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

    public void OnReadable() => Read(isGone: false);

    /// <summary>What it sent before it closed is served all the same, but for what it does not live to see: a greeting is sent and forgotten.</summary>
    public void OnHangUp() => Read(isGone: true);

    private void Read(bool isGone)
    {
        var bytes = _room ??= new byte[Unsafe.SizeOf<WireOpen>() + WireConstants.ControlMax + 1];
        var length = SocketEnd.Receive(socket, bytes, core.Poller.Forks, out var descriptor);
        core.Poller.Remove(socket, _key);
        if (length < Unsafe.SizeOf<WireOpen>() || MemoryMarshal.Read<WireOpen>(bytes) is not { Magic: WireConstants.Magic } open
            || open.Length != length - Unsafe.SizeOf<WireOpen>())
        {
            Close(descriptor);
            Sys.Close(socket);
            return;
        }

        var text = bytes.AsSpan(Unsafe.SizeOf<WireOpen>(), (int)open.Length);
        if (open.Op == (uint)WireOp.Open && !isGone && text.Length <= WireConstants.PathMax && SocketEnd.IsEnd(descriptor))
        {
            Open(Encoding.UTF8.GetString(text), open.Flags, descriptor);
            return;
        }

        Close(descriptor);
        if (open.Op == (uint)WireOp.Control)
            ControlDesk.Run(core, text, Say);
        else
            Greet(open.Op);
    }

    private void Greet(uint op)
    {
        if (op == (uint)WireOp.Hello)
            core.CountLoaded();
        Sys.Close(socket);
    }

    // The client's end of the pair is what it opened; this end is who serves it.
    private void Open(string path, int flags, int end)
    {
        if (path.Length == 0)
            Answer(Errno.None, DescriptorChannel.Open(core, end));
        else if (path == WireConstants.Uevents)
            Answer(Errno.None, UeventMonitor.Open(core, end));
        else if (CardOpening.MinorOf(path) is { } minor)
            CardOpening.Open(core, minor, flags, SocketEnd.PeerOf(socket), end, (errno, name) => Answer(errno, name));
        else
            core.Files.Open(path, flags, file => core.Reader.Do(() => Answer(file, flags, end)));
    }

    private void Answer(ServedFile file, int flags, int end)
    {
        if (file.Make is { } make)
        {
            Close(end);
            var made = core.Open.OpenForClient(make(ProcessFacts.CommandOf(SocketEnd.PeerOf(socket).ProcessId)));
            Answer(made < 0 ? Errno.EMFILE : Errno.None, "", made);
            return;
        }

        var served = ServedDescriptor.Create(core, file, flags, end);
        Answer(served.Errno, served.Name, served.Memory);
    }

    private void Close(int descriptor)
    {
        if (descriptor >= 0)
            core.Poller.Forks.Close(descriptor);
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

    // Any thread; once.
    private void Answer(Errno errno, string name, int descriptor = -1)
    {
        var opened = new WireOpened { Magic = WireConstants.Magic, Error = (int)errno, Name = WireName.Of(name) };
        SocketEnd.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<WireOpened>(in opened)), descriptor);
        Close(descriptor);
        Sys.Close(socket);
    }
}
