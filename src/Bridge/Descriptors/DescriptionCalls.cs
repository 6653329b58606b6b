using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// Calls about a dma-buf, a sync file or a syncobj, whose descriptor came along: from a slot to its answer, as <see cref="CallDesk"/> does it for cards.
/// </summary>
internal static class DescriptionCalls
{
    private const int ProtectionWrite = 2;
    private const int MapType = 15;
    private const int MapPrivate = 2;

    public static void Ioctl(BridgeCore core, CallSlot slot)
    {
        CallDesk.Begin(core, file: null, slot);
        // A timeline that was closed has come to its end.
        core.Poller.ServeHangUps();
        var (errno, call) = UapiCodec.Decode(slot.Number, slot.Argument, slot.Memory);
        if (slot.Memory.Wants)
        {
            slot.Ask();
            return;
        }

        slot.Call = call;
        var about = core.Open.Find(slot.Descriptors.About);
        var named = (call as ITakesDescriptors)?.Takes ?? [];
        var makes = call is not null && UapiCodec.DescriptorOffset(call) >= 0;
        if (call is null || about is null)
            CallDesk.Refuse(core, slot, call is null ? errno : Errno.ENOTTY);
        else if (!slot.Descriptors.Asked.SequenceEqual(named) || (makes && slot.Descriptors.Socket < 0))
            slot.Ask(makes, named);
        else
            core.Host.Desk.Tell(Lend(core, slot, call), slot.CallTo(core.Host.Desk, carries: true));
    }

    public static void Map(BridgeCore core, CallSlot slot)
    {
        CallDesk.Begin(core, file: null, slot);
        if (slot.Size != Unsafe.SizeOf<WireMmap>() || slot.Descriptors.Socket < 0)
        {
            CallDesk.Refuse(core, slot, Errno.EINVAL);
            return;
        }

        var wanted = MemoryMarshal.Read<WireMmap>(slot.Argument);
        slot.Call = new Mmap(wanted.Offset, wanted.Length);
        var buffer = core.Open.Find(slot.Descriptors.About) as DmaBuf;
        var errno = buffer?.CheckMmap(
            wanted.Offset, wanted.Length, (wanted.Protection & ProtectionWrite) != 0, (wanted.Flags & MapType) == MapPrivate) ?? Errno.ENODEV;
        if (errno == Errno.None)
            errno = slot.HandMemory(core.Host.Memory, buffer!.Exporter.Block, isReadOnly: !buffer.IsWritable);
        CallDesk.Answer(core, slot, null, errno, default);
    }

    /// <summary>How large it is, and what its fdinfo tells.</summary>
    public static void Describe(BridgeCore core, CallSlot slot)
    {
        var buffer = core.Open.Find(slot.Descriptors.About) as DmaBuf;
        CallDesk.Tell(slot, (ulong)(buffer?.Size ?? 0), buffer?.FdInfo ?? "");
    }

    /// <summary>Has an epoll, which the client is asked for, tell of a dma-buf. No call of the device's, as above.</summary>
    public static void Watch(BridgeCore core, CallSlot slot)
    {
        if (slot.Size != Unsafe.SizeOf<WireWatch>())
        {
            slot.Answer(Errno.EINVAL);
            return;
        }

        var wanted = MemoryMarshal.Read<WireWatch>(slot.Argument);
        if (slot.Descriptors.Asked is not [var asked] || asked.Number != wanted.Epoll)
            slot.Ask(socket: false, [new Descriptor(wanted.Epoll)]);
        else
            slot.Answer(core.Open.FindPipe(slot.Descriptors.About)
                ?.Watch(slot.Descriptors.Named[0], wanted.Number, wanted.Events, wanted.Data) ?? Errno.ENODEV);
    }

    private static ClientCall Lend(BridgeCore core, CallSlot slot, IIoctl call)
    {
        var about = core.Open.LendAbout(slot.Descriptors);
        return new ClientCall(about, call is ITakesDescriptors takes ? takes.With(core.Open.Lend(slot.Descriptors)) : call);
    }

    private sealed record ClientCall(Descriptor Descriptor, IIoctl Call) : IDescriptorCall
    {
        // It is given up by who made it, and by no number.
        public ulong Wait => 0;

        public object Fail(Errno errno) => Call.Fail(errno);
    }
}
