using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// A served file that is open for writing: what is written comes as a call, and its answer is what write(2) returns. What the C library's
/// streams write comes as it is, and nobody hears how it went. A read finds what stood in the file when it was opened.
/// </summary>
internal sealed class LiveFile(BridgeCore core, ServedFile file, int socket) : IReadable
{
    // More than a file of the kernel's takes at once.
    private const int LargestWrite = 4096;

    private ulong _key;

    /// <returns>The name of the client's end.</returns>
    public static string Open(BridgeCore core, ServedFile file, int accessMode, int end)
    {
        if (!file.Content.IsEmpty)
            SocketEnd.Send(end, file.Content.Span);
        SocketEnd.EndSending(end);
        var live = new LiveFile(core, file, end);
        live._key = core.Poller.Add(end, live);
        return $"{WireConstants.Name}f/0/{core.Token}/{core.NextFile()}/{accessMode}";
    }

    public void OnReadable() => Take();

    /// <summary>What was written before the last close counts.</summary>
    public void OnHangUp()
    {
        while (Take())
        {
        }

        core.Poller.Remove(socket, _key);
        Sys.Close(socket);
    }

    // False where nothing waits.
    private bool Take()
    {
        Span<byte> bytes = stackalloc byte[LargestWrite];
        using var along = new Luggage(core.Poller.Forks);
        var length = SocketEnd.Receive(socket, bytes, along);
        if (length == Unsafe.SizeOf<WirePacket>() && MemoryMarshal.Read<WirePacket>(bytes) is { Magic: WireConstants.Magic } packet)
        {
            if (packet.Op == WireOp.Attach)
                core.Attach(along);
            else if (packet.Op == WireOp.Write && core.SlotOf(packet) is { } slot && slot.TryBegin())
                file.Write!(slot.Argument.ToArray(), slot.Answer);
        }
        else if (length > 0)
        {
            file.Write!(bytes[..length].ToArray(), static _ => { });
        }

        return length > 0;
    }
}
