using System.Text;
using DrmActors.Bridge.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>The bridge's socket. Only its own user gets in, and root.</summary>
internal sealed unsafe class Listener : IReadable
{
    private const int Backlog = 128;

    // Of no ioctl: errno.h.
    private const Errno InUse = (Errno)98;
    private const Errno Refused = (Errno)111;

    private readonly BridgeCore _core;
    private readonly int _socket;
    private readonly ulong _key;

    public Listener(BridgeCore core, int socket)
    {
        _core = core;
        _socket = socket;
        _key = core.Poller.Add(socket, this);
    }

    /// <summary>A socket at a path, for its user alone. One that a dead server left there is replaced.</summary>
    /// <exception cref="IOException">In use, or no such folder.</exception>
    public static int Bind(string path)
    {
        var name = Encoding.UTF8.GetBytes(path);
        if (name.Length > 107)
            throw new IOException($"{path}: a socket's path has at most 107 bytes, this one {name.Length}.");
        var address = stackalloc byte[110];
        *(ushort*)address = Sys.AddressUnix;
        name.CopyTo(new Span<byte>(address + 2, 107));
        address[2 + name.Length] = 0;
        var length = (uint)(3 + name.Length);
        var socket = Sys.Socket(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec | Sys.NonBlock, 0);
        var errno = TryBind(socket, address, length);
        if (errno == InUse && Sys.Connect(socket, address, length) != 0 && Sys.LastError == Refused)
        {
            File.Delete(path);
            errno = TryBind(socket, address, length);
        }

        if (errno == Errno.None && Sys.ChangeMode(path, 0b111_000_000) == 0 && Sys.Listen(socket, Backlog) == 0)
            return socket;
        Sys.Close(socket);
        throw new IOException(errno == InUse ? $"{path}: another server listens there." : $"{path}: no socket can be made there: {errno}.");
    }

    public void OnReadable()
    {
        var socket = Sys.Accept(_socket, null, null, Sys.CloseOnExec);
        if (socket < 0)
            return;
        var user = SocketEnd.PeerOf(socket).UserId;
        if (user == Sys.EffectiveUser() || user == 0)
            new Connection(_core, socket).Listen();
        else
            Sys.Close(socket);
    }

    public void OnHangUp()
    {
    }

    public void Close()
    {
        _core.Poller.Remove(_socket, _key);
        Sys.Close(_socket);
        File.Delete(_core.Options.Socket);
    }

    private static Errno TryBind(int socket, byte* address, uint length) => Sys.Bind(socket, address, length) == 0 ? Errno.None : Sys.LastError;
}
