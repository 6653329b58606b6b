using System.Runtime.InteropServices;
using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Native;

/// <summary>Packets and their descriptors over a Unix socket of the SEQPACKET kind.</summary>
internal static unsafe class SocketEnd
{
    /// <summary>Whether it is one end of a pair: what else a client may send would never hang up.</summary>
    public static bool IsEnd(int descriptor) =>
        Option(descriptor, Sys.SocketDomain) == Sys.AddressUnix && Option(descriptor, Sys.SocketType) == Sys.SeqPacket
        && Option(descriptor, Sys.AcceptsConnections) == 0;

    /// <summary>The same for packets with at most one descriptor; it is the caller's, or -1.</summary>
    /// <param name="forks">Closes what comes else.</param>
    public static int Receive(int socket, Span<byte> bytes, ForkWatch forks, out int descriptor)
    {
        using var along = new Luggage(forks);
        var received = Receive(socket, bytes, along);
        descriptor = along.Count == 1 ? along.Take(0) : -1;
        return received;
    }

    /// <summary>Bytes read; 0 at the end, -1 where there is nothing now.</summary>
    /// <param name="along">Gets the descriptors.</param>
    public static int Receive(int socket, Span<byte> bytes, Luggage along)
    {
        // Room for all that a client may add, so that no descriptor arrives unseen: credentials and a descriptor of the sender as well.
        var room = stackalloc byte[Sys.ControlHeader + (Luggage.Most * sizeof(int)) + 128];
        fixed (byte* buffer = bytes)
        {
            var vector = new Sys.IoVec { Base = buffer, Length = (nuint)bytes.Length };
            var message = new Sys.MsgHdr { Vector = &vector, VectorLength = 1, Control = room, ControlLength = Sys.ControlHeader + (Luggage.Most * sizeof(int)) + 128 };
            var received = Sys.ReceiveMessage(socket, &message, Sys.DontWait | Sys.CmsgCloseOnExec);
            if (received >= 0 && message.ControlLength > 0)
                Unpack(new ReadOnlySpan<byte>(room, (int)message.ControlLength), along);
            return (int)received;
        }
    }

    private static void Unpack(ReadOnlySpan<byte> control, Luggage along)
    {
        while (control.Length >= Sys.ControlHeader)
        {
            var part = MemoryMarshal.Read<Sys.ControlPart>(control);
            var length = (int)Math.Min(part.Length, (nuint)control.Length);
            if (part.Level == Sys.SolSocket && part.Type is Sys.ScmRights or Sys.ScmPidDescriptor)
                foreach (var descriptor in MemoryMarshal.Cast<byte, int>(control[Sys.ControlHeader..length]))
                    along.Add(descriptor, isWanted: part.Type == Sys.ScmRights);
            control = control[Math.Min((length + 7) & ~7, control.Length)..];
        }
    }

    /// <summary>False where the other end does not take it: it is gone, or full.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        var room = stackalloc byte[Sys.ControlHeader + (Luggage.Most * sizeof(int))];
        fixed (byte* buffer = bytes)
        {
            var vector = new Sys.IoVec { Base = buffer, Length = (nuint)bytes.Length };
            var length = (nuint)(Sys.ControlHeader + (descriptors.Length * sizeof(int)));
            *(Sys.ControlPart*)room = new Sys.ControlPart { Length = length, Level = Sys.SolSocket, Type = Sys.ScmRights };
            descriptors.CopyTo(new Span<int>(room + Sys.ControlHeader, Luggage.Most));
            var message = new Sys.MsgHdr { Vector = &vector, VectorLength = 1 };
            if (!descriptors.IsEmpty)
            {
                message.Control = room;
                message.ControlLength = (length + 7) & ~(nuint)7;
            }

            return Sys.SendMessage(socket, &message, Sys.DontWait | Sys.NoSignal) == bytes.Length;
        }
    }

    /// <inheritdoc cref="Send(int, ReadOnlySpan{byte}, ReadOnlySpan{int})"/>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes, int descriptor = -1) =>
        Send(socket, bytes, descriptor >= 0 ? [descriptor] : ReadOnlySpan<int>.Empty);

    /// <summary>Nothing more is sent: the other end reads what was, and then the end.</summary>
    public static void EndSending(int socket) => _ = Sys.Shutdown(socket, how: 1);

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

    private static int Option(int descriptor, int name)
    {
        var value = -1;
        var length = (uint)sizeof(int);
        return Sys.GetOption(descriptor, Sys.SolSocket, name, &value, &length) == 0 ? value : -1;
    }
}
