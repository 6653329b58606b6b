using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akka.Actor;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Transport;

/// <summary>What comes over an open file's descriptor. Packets that mean nothing are dropped.</summary>
internal sealed class FileChannel(BridgeCore core, BridgedFile file) : IReadable
{
    // The reader thread's, for all of its channels.
    [ThreadStatic]
    private static Luggage? _along;

    public void OnReadable()
    {
        using var along = _along ??= new Luggage();
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(file.Socket, bytes, along);
        if (length == Unsafe.SizeOf<WirePacket>() && MemoryMarshal.Read<WirePacket>(bytes) is { Magic: WireConstants.Magic } packet)
            Take(packet, along);
    }

    /// <summary>The last descriptor of the file is closed, wherever it was.</summary>
    public void OnHangUp()
    {
        if (!core.OpenFiles.TryRemove(file, out _))
            return;
        core.Poller.Remove(file.Socket, file.PollKey);
        var ticket = core.Barrier.Begin();
        core.Tell(file.Actor, new Messages.CloseFile(), _ =>
        {
            // Only now does no event go there any more.
            file.Close();
            core.Barrier.End(ticket);
        });
    }

    private void Take(in WirePacket packet, Luggage along)
    {
        if (packet.Op == WireOp.Attach)
        {
            core.Attach(along);
            return;
        }

        if (core.SlotOf(packet) is not { } slot)
            return;
        switch (packet.Op)
        {
            case WireOp.Ioctl when slot.TryBegin(along):
                CallDesk.Ioctl(core, file, slot);
                break;
            case WireOp.Mmap when slot.TryBegin(along):
                CallDesk.Map(core, file, slot);
                break;
            case WireOp.Unmap:
                CallDesk.Unmap(slot.Region, file, packet.Value);
                break;
            case WireOp.Interrupt:
                CallDesk.Interrupt(slot, file);
                break;
            default:
                break;
        }
    }
}
