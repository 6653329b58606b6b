using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Descriptors;

/// <summary>What comes over a process's channel: calls about dma-bufs, sync files and syncobjs, which come along.</summary>
internal sealed class DescriptorChannel : PacketChannel
{
    private readonly ulong _key;

    private DescriptorChannel(BridgeCore core, int socket)
        : base(core)
    {
        Socket = socket;
        _key = core.Poller.Add(socket, this);
        core.Channels.Add(this);
    }

    protected override int Socket { get; }

    protected override bool IsOpen => Core.Channels.Contains(this);

    /// <summary>Opens one. The reader thread's.</summary>
    /// <param name="end">Of the pair; it is taken over.</param>
    /// <returns>The name of the client's end.</returns>
    public static string Open(BridgeCore core, int end)
    {
        _ = new DescriptorChannel(core, end);
        return $"{WireConstants.Name}h/0/{core.Token}/{core.NextFile()}/2";
    }

    public override void OnHangUp()
    {
        if (!Core.Channels.Remove(this))
            return;
        Core.Poller.Remove(Socket, _key);
        // A copy of this process may have this end for a moment longer, and with it what lies there unread.
        DropSent();
        Sys.Close(Socket);
    }

    protected override void Take(in WirePacket packet, CallSlot slot, Luggage along)
    {
        switch (packet.Op)
        {
            case WireOp.Ioctl when slot.TryBegin(along, isAbout: true):
                DescriptionCalls.Ioctl(Core, slot);
                break;
            case WireOp.Mmap when slot.TryBegin(along, isAbout: true):
                DescriptionCalls.Map(Core, slot);
                break;
            case WireOp.Describe when slot.TryBegin(along, isAbout: true):
                DescriptionCalls.Describe(Core, slot);
                break;
            case WireOp.Watch when slot.TryBegin(along, isAbout: true):
                DescriptionCalls.Watch(Core, slot);
                break;
            case WireOp.Settle when slot.TryBegin():
                Core.Poller.ServeHangUps();
                slot.Answer(Errno.None);
                break;
            case WireOp.Interrupt:
                CallDesk.Interrupt(slot, packet.Value != 0);
                break;
            default:
                break;
        }
    }
}
