using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Transport;

/// <summary>A socket over which calls come. Packets that mean nothing are dropped.</summary>
internal abstract class PacketChannel(BridgeCore core) : IReadable
{
    // The reader thread's, for all of its channels.
    [ThreadStatic]
    private static Luggage? _along;

    protected BridgeCore Core => core;

    protected abstract int Socket { get; }

    public void OnReadable()
    {
        using var along = _along ??= new Luggage();
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(Socket, bytes, along);
        if (length != Unsafe.SizeOf<WirePacket>() || MemoryMarshal.Read<WirePacket>(bytes) is not { Magic: WireConstants.Magic } packet)
            return;
        if (packet.Op == WireOp.Attach)
            core.Attach(along);
        else if (core.SlotOf(packet) is { } slot)
            Take(packet, slot, along);
    }

    public abstract void OnHangUp();

    /// <param name="along">What is not taken of it is closed.</param>
    protected abstract void Take(in WirePacket packet, CallSlot slot, Luggage along);
}
