using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Transport;

/// <summary>A socket over which calls come. Packets that mean nothing are dropped.</summary>
internal abstract unsafe class PacketChannel(BridgeCore core) : IReadable
{
    // The reader thread's, for all of its channels.
    [ThreadStatic]
    private static Luggage? _along;

    protected BridgeCore Core => core;

    protected abstract int Socket { get; }

    public void OnReadable() => Read();

    public abstract void OnHangUp();

    /// <summary>Reads all that was sent until now.</summary>
    public void ReadSent()
    {
        var sent = 0;
        _ = Sys.Control(Socket, Sys.InQueue, &sent);
        for (int read; sent > 0 && IsOpen && (read = Read()) > 0;)
            sent -= read;
    }

    /// <summary>Of sockets for uevents alone.</summary>
    protected virtual void Listen(ulong groups)
    {
    }

    /// <summary>It has not hung up.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>Nobody reads any more what was sent: what it carries is closed.</summary>
    protected void DropSent()
    {
        // Not that of a packet that is being read.
        using var along = new Luggage(core.Poller.Forks);
        Span<byte> bytes = stackalloc byte[1];
        while (SocketEnd.Receive(Socket, bytes, along) > 0 || along.Count > 0)
            along.Dispose();
    }

    private int Read()
    {
        using var along = _along ??= new Luggage(core.Poller.Forks);
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(Socket, bytes, along);
        if (length != Unsafe.SizeOf<WirePacket>() || MemoryMarshal.Read<WirePacket>(bytes) is not { Magic: WireConstants.Magic } packet)
            return length;
        if (packet.Op == WireOp.Attach)
            core.Attach(along);
        else if (packet.Op == WireOp.Listen)
            Listen(packet.Value);
        else if (core.SlotOf(packet) is { } slot)
            Take(packet, slot, along);
        return length;
    }

    /// <param name="along">What is not taken of it is closed.</param>
    protected abstract void Take(in WirePacket packet, CallSlot slot, Luggage along);
}
