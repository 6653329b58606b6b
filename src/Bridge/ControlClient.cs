using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DrmActors.Bridge.Wire;
using DrmActors.Hosting.Control;
using DrmActors.Messages;

namespace DrmActors.Bridge;

/// <summary>Asks a bridge that runs in another process to do something to its host.</summary>
public static class ControlClient
{
    /// <returns>None and what is said about it; or EINVAL and what is wrong with the command, or what the card answered.</returns>
    /// <exception cref="IOException">Nobody serves there, or not this version.</exception>
    public static (Errno Errno, string Text) Ask(string socketPath, ControlCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var json = Encoding.UTF8.GetBytes(command.ToJson());
        if (json.Length > WireConstants.ControlMax)
            throw new IOException($"{socketPath}: a command has at most {WireConstants.ControlMax} bytes, this one {json.Length}.");
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            var request = new byte[Unsafe.SizeOf<WireOpen>() + json.Length];
            MemoryMarshal.Write(request, new WireOpen { Magic = WireConstants.Magic, Op = (uint)WireOp.Control, Length = (uint)json.Length });
            json.CopyTo(request, Unsafe.SizeOf<WireOpen>());
            socket.Send(request);
            var answer = new byte[Unsafe.SizeOf<WireOpened>() + WireConstants.ControlMax];
            var length = socket.Receive(answer);
            var opened = length >= Unsafe.SizeOf<WireOpened>() ? MemoryMarshal.Read<WireOpened>(answer) : default;
            if (opened.Magic != WireConstants.Magic)
                throw new IOException($"{socketPath}: a server of another version listens there.");
            return ((Errno)opened.Error, Encoding.UTF8.GetString(answer.AsSpan(Unsafe.SizeOf<WireOpened>(), length - Unsafe.SizeOf<WireOpened>())));
        }
        catch (SocketException e)
        {
            throw new IOException($"{socketPath}: nobody serves there ({e.Message}); start: drm serve --socket {socketPath}", e);
        }
    }
}
