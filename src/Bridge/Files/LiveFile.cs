using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>A served file that is open for writing: what is written comes as a call, and its answer is what write(2) returns.</summary>
internal sealed class LiveFile(BridgeCore core, ServedFile file, int socket) : IReadable
{
    private ulong _key;

    public static (Errno Errno, int Descriptor) Open(BridgeCore core, ServedFile file)
    {
        var errno = SocketEnd.CreateNamedPair($"{WireConstants.Name}f/0/{core.Token}/{core.NextFile()}", out var ours, out var theirs);
        if (errno != Errno.None)
            return (errno, -1);
        var live = new LiveFile(core, file, ours);
        live._key = core.Poller.Add(ours, live);
        return (Errno.None, theirs);
    }

    public void OnReadable()
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<WirePacket>() + 1];
        var length = SocketEnd.Receive(socket, bytes, out var descriptor);
        if (length == Unsafe.SizeOf<WirePacket>() && MemoryMarshal.Read<WirePacket>(bytes) is { Magic: WireConstants.Magic } packet)
        {
            if (packet.Op == WireOp.Attach)
                core.Attach(descriptor);
            else if (packet.Op == WireOp.Write && core.SlotOf(packet) is { } slot && slot.TryBegin())
                file.Write!(slot.Argument.ToArray(), slot.Answer);
        }

        if (descriptor >= 0)
            Sys.Close(descriptor);
    }

    public void OnHangUp()
    {
        core.Poller.Remove(socket, _key);
        Sys.Close(socket);
    }
}
