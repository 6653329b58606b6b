using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Native;

/// <summary>Packets with at most one descriptor over a Unix socket of the SEQPACKET kind.</summary>
internal static unsafe class SocketEnd
{
    private const int SetFlags = 4;
    private const int ReadWrite = 2;

    /// <summary>A pair whose second end carries an abstract name, so that it can be asked what it is.</summary>
    public static Errno CreateNamedPair(string name, out int ours, out int theirs)
    {
        var ends = stackalloc int[2];
        (ours, theirs) = (-1, -1);
        if (Sys.SocketPair(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0, ends) != 0)
            return Sys.LastError;
        (ours, theirs) = (ends[0], ends[1]);
        var address = stackalloc byte[110];
        *(ushort*)address = Sys.AddressUnix;
        address[2] = 0;
        var length = System.Text.Encoding.ASCII.GetBytes(name, new Span<byte>(address + 3, 107));
        if (Sys.Bind(theirs, address, (uint)(3 + length)) == 0)
            return Errno.None;
        var errno = Sys.LastError;
        Sys.Close(ours);
        Sys.Close(theirs);
        return errno;
    }

    /// <summary>Bytes read; 0 at the end, -1 where there is nothing now. The descriptor is the caller's, or -1.</summary>
    public static int Receive(int socket, Span<byte> bytes, out int descriptor)
    {
        fixed (byte* buffer = bytes)
        {
            var vector = new Sys.IoVec { Base = buffer, Length = (nuint)bytes.Length };
            Sys.OneDescriptor control = default;
            var message = new Sys.MsgHdr
            {
                Vector = &vector,
                VectorLength = 1,
                Control = &control,
                // Room for one, and not its padding: a second descriptor would fit there, and nobody would close it.
                ControlLength = Sys.OneDescriptor.Used,
            };
            var received = Sys.ReceiveMessage(socket, &message, Sys.DontWait | Sys.CmsgCloseOnExec);
            var has = received >= 0 && message.ControlLength >= Sys.OneDescriptor.Used && control.Type == Sys.ScmRights;
            descriptor = has ? control.Descriptor : -1;
            return (int)received;
        }
    }

    /// <summary>False where the other end does not take it: it is gone, or full.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes, int descriptor = -1)
    {
        fixed (byte* buffer = bytes)
        {
            var vector = new Sys.IoVec { Base = buffer, Length = (nuint)bytes.Length };
            var control = new Sys.OneDescriptor { Length = Sys.OneDescriptor.Used, Level = Sys.SolSocket, Type = Sys.ScmRights, Descriptor = descriptor };
            var message = new Sys.MsgHdr { Vector = &vector, VectorLength = 1 };
            if (descriptor >= 0)
            {
                message.Control = &control;
                message.ControlLength = Sys.OneDescriptor.Bytes;
            }

            return Sys.SendMessage(socket, &message, Sys.DontWait | Sys.NoSignal) == bytes.Length;
        }
    }

    /// <summary>Nothing more is sent: the other end reads what was, and then the end.</summary>
    public static void EndSending(int socket) => _ = Sys.Shutdown(socket, how: 1);

    /// <summary>For all who share the descriptor.</summary>
    public static void SetNonBlocking(int socket) => _ = Libc.Control(socket, SetFlags, ReadWrite | Sys.NonBlock);

    /// <summary>Who sent the packet that waits in a socket of anybody's: the process id, 0 where the kernel does not say.</summary>
    public static int SenderOf(int socket)
    {
        // Set here as well: without it, descriptors that came along would take the credentials' room.
        var on = 1;
        if (Sys.SetOption(socket, Sys.SolSocket, Sys.PassCred, &on, sizeof(int)) != 0)
            return 0;
        byte first;
        var vector = new Sys.IoVec { Base = &first, Length = 1 };
        Sys.OneCredential control = default;
        var message = new Sys.MsgHdr
        {
            Vector = &vector,
            VectorLength = 1,
            Control = &control,
            ControlLength = Sys.OneCredential.Used,
        };
        var has = Sys.ReceiveMessage(socket, &message, Sys.DontWait | Sys.CmsgCloseOnExec) > 0 && control.Type == Sys.ScmCredentials;
        return has ? control.Sender.ProcessId : 0;
    }

    /// <summary>Who made the other end.</summary>
    public static Sys.UCred PeerOf(int socket)
    {
        Sys.UCred peer = default;
        var length = (uint)sizeof(Sys.UCred);
        return Sys.GetOption(socket, Sys.SolSocket, Sys.PeerCred, &peer, &length) == 0 ? peer : default;
    }
}
