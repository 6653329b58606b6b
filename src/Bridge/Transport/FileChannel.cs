using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Transport;

/// <summary>What comes over an open file's descriptor.</summary>
internal sealed class FileChannel(BridgeCore core, BridgedFile file) : PacketChannel(core)
{
    protected override int Socket => file.Socket;

    protected override bool IsOpen => Core.OpenFiles.ContainsKey(file);

    /// <summary>The last descriptor of the file is closed, wherever it was.</summary>
    public override void OnHangUp()
    {
        if (!Core.OpenFiles.TryRemove(file, out _))
            return;
        Core.Poller.Remove(file.Socket, file.PollKey);
        // This end stays open until the file is closed, and what a killed client sent last may be the last of a dma-buf.
        DropSent();
        var ticket = Core.Barrier.Begin();
        Core.Tell(file.Actor, new Messages.CloseFile(), _ =>
        {
            // Only now does no event go there any more.
            file.Close();
            Core.Barrier.End(ticket);
        });
    }

    protected override void Take(in WirePacket packet, CallSlot slot, Luggage along)
    {
        switch (packet.Op)
        {
            case WireOp.Ioctl when slot.TryBegin(along):
                CallDesk.Ioctl(Core, file, slot);
                break;
            case WireOp.Mmap when slot.TryBegin(along):
                CallDesk.Map(Core, file, slot);
                break;
            case WireOp.Describe when slot.TryBegin(along):
                CallDesk.Describe(file, slot);
                break;
            case WireOp.Unmap:
                CallDesk.Unmap(slot.Region, file, packet.Value);
                break;
            case WireOp.Interrupt:
                CallDesk.Interrupt(slot, packet.Value != 0);
                break;
            default:
                break;
        }
    }
}
