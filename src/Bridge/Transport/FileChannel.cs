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
    public void OnReadable()
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(file.Socket, bytes, out var descriptor);
        if (length == Unsafe.SizeOf<WirePacket>() && MemoryMarshal.Read<WirePacket>(bytes) is { Magic: WireConstants.Magic } packet)
            Take(packet, ref descriptor);
        if (descriptor >= 0)
            Sys.Close(descriptor);
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

    // A descriptor that is kept is taken out of the caller's hands.
    private void Take(in WirePacket packet, ref int descriptor)
    {
        if (packet.Op == WireOp.Attach)
        {
            core.Attach(descriptor);
            return;
        }

        if (core.SlotOf(packet) is not { } slot)
            return;
        switch (packet.Op)
        {
            case WireOp.Ioctl when slot.TryBegin():
                slot.Reply = descriptor;
                descriptor = -1;
                CallDesk.Ioctl(core, file, slot);
                break;
            case WireOp.Mmap when slot.TryBegin():
                slot.Reply = descriptor;
                descriptor = -1;
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
