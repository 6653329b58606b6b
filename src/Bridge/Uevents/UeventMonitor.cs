using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Uevents;

/// <summary>One socket that listens for uevents: a netlink socket to its client. What finds no room in it is lost.</summary>
internal sealed unsafe class UeventMonitor : IReadable
{
    private const int Room = 1 << 20;
    private const int JoinsAtOnce = 16;

    private readonly UeventMonitors _monitors;
    private readonly int _socket;
    private readonly ulong _key;
    private UeventGroups _groups;

    private UeventMonitor(UeventMonitors monitors, int socket)
    {
        (_monitors, _socket) = (monitors, socket);
        var room = Room;
        _ = Sys.SetOption(socket, Sys.SolSocket, Sys.SndBuf, &room, sizeof(int));
        _key = monitors.Poller.Add(socket, this);
        monitors.Add(this);
    }

    /// <summary>Opens one, which listens for nothing yet.</summary>
    /// <param name="end">Of the pair; it is taken over.</param>
    /// <returns>The name of the client's end.</returns>
    public static string Open(BridgeCore core, int end)
    {
        _ = new UeventMonitor(core.Files.Monitors, end);
        return $"{WireConstants.Name}u/0/{core.Token}/{core.NextFile()}/2";
    }

    /// <summary>It joins groups (the low 32 bits), and leaves some (the high ones).</summary>
    public void OnReadable()
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(_socket, bytes, out var descriptor);
        if (descriptor >= 0)
            Sys.Close(descriptor);
        if (length == Unsafe.SizeOf<WirePacket>() && MemoryMarshal.Read<WirePacket>(bytes) is { Magic: WireConstants.Magic, Op: WireOp.Listen } packet)
            _groups = (_groups | (UeventGroups)(uint)packet.Value) & ~(UeventGroups)(uint)(packet.Value >> 32);
    }

    public void OnHangUp()
    {
        _monitors.Remove(this);
        _monitors.Poller.Remove(_socket, _key);
        Sys.Close(_socket);
    }

    public void Send(UeventGroups group, ReadOnlySpan<byte> message)
    {
        // What it has joined before this happened is joined.
        for (var i = 0; i < JoinsAtOnce && HasPacket(); i++)
            OnReadable();
        if (_groups.HasFlag(group))
            SocketEnd.Send(_socket, message);
    }

    private bool HasPacket()
    {
        var bytes = 0;
        return Sys.Control(_socket, Sys.InQueue, &bytes) == 0 && bytes > 0;
    }
}
