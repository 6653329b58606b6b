using System.Runtime.InteropServices;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Messages;

namespace DrmActors.Bridge.Uevents;

/// <summary>The machine's own uevents, which clients hear beside those of the boards: keyboards come and go. Its display cards are hidden.</summary>
internal sealed unsafe class SystemUevents : IReadable
{
    private const int AddressNetlink = 16;
    private const int RawSocket = 3;
    private const int KernelObjects = 15;
    private const int Longest = 16 << 10;

    // Of no ioctl: errno.h.
    private const Errno NoRoom = (Errno)105;

    private readonly UeventMonitors _monitors;
    private readonly ulong _key;
    private readonly byte[] _bytes = new byte[Longest];

    private SystemUevents(UeventMonitors monitors, int socket)
    {
        (_monitors, Socket) = (monitors, socket);
        _key = monitors.Poller.Add(socket, this);
    }

    /// <summary>A netlink socket.</summary>
    public int Socket { get; }

    /// <summary>Null where the system tells nobody.</summary>
    public static SystemUevents? Open(UeventMonitors monitors)
    {
        var socket = Sys.Socket(AddressNetlink, RawSocket | Sys.CloseOnExec | Sys.NonBlock, KernelObjects);
        var address = new NetlinkAddress { Family = AddressNetlink, Groups = UeventGroups.Kernel | UeventGroups.Udev };
        if (socket >= 0 && Sys.Bind(socket, (byte*)&address, (uint)sizeof(NetlinkAddress)) == 0)
            return new SystemUevents(monitors, socket);
        if (socket >= 0)
            Sys.Close(socket);
        return null;
    }

    public void OnReadable()
    {
        fixed (byte* bytes = _bytes)
        {
            NetlinkAddress from = default;
            var vector = new Sys.IoVec { Base = bytes, Length = Longest };
            var message = new Sys.MsgHdr { Name = &from, NameLength = (uint)sizeof(NetlinkAddress), Vector = &vector, VectorLength = 1 };
            var length = (int)Sys.ReceiveMessage(Socket, &message, Sys.DontWait);
            if (length < 0 && Sys.LastError == NoRoom)
                _monitors.Lose();
            else if (length > 0 && _bytes.AsSpan(0, length).IndexOf("\0SUBSYSTEM=drm\0"u8) < 0)
                _monitors.Send(from.Groups, _bytes.AsSpan(0, length));
        }
    }

    /// <summary>It has none: there was no room, which reading tells once.</summary>
    public void OnHangUp() => OnReadable();

    public void Close()
    {
        _monitors.Poller.Remove(Socket, _key);
        Sys.Close(Socket);
    }

    /// <summary>linux/netlink.h's sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NetlinkAddress
    {
        public ushort Family;
        public ushort Pad;
        public uint Port;
        public UeventGroups Groups;
    }
}
