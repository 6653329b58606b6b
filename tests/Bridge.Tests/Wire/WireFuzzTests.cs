using System.Runtime.InteropServices;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Wire;

/// <summary>A million frames that no library sends: the daemon drops or refuses each, and serves the next client.</summary>
public sealed class WireFuzzTests
{
    private const int Seed = 20180514;

    [Theory]
    [InlineData("connections", 20_000)]
    [InlineData("packets", 500_000)]
    [InlineData("slots", 480_000)]
    [InlineData("descriptors", 200_000)]
    public async Task Daemon_should_survive(string what, int frames)
    {
        await using var rig = await BridgeRig.StartAsync();
        var before = rig.Host.Usage;
        using (var client = new RawClient(rig.Server.Environment["DRM_ACTORS_SOCKET"]))
        {
            client.Open();
            client.Attach();
            var random = new Random(Seed);
            for (var i = 0; i < frames; i++)
                switch (what)
                {
                    case "connections": Connection(client, random); break;
                    case "packets": Packet(client, random); break;
                    case "descriptors": Descriptors(client, random, i == 0); break;
                    default: Slot(client, random); break;
                }
        }

        await rig.Server.BarrierAsync();
        await rig.PassAsync("smoke");
        Assert.Equal(before, rig.Host.Usage with { BytesFree = before.BytesFree, Parked = before.Parked });
    }

    private static void Connection(RawClient client, Random random)
    {
        var socket = client.Connect();
        var bytes = new byte[random.Next(0, 200)];
        random.NextBytes(bytes);
        if (random.Next(2) == 0 && bytes.Length >= 16)
        {
            var open = new WireOpen { Magic = WireConstants.Magic, Op = (uint)random.Next(12), Flags = random.Next(), Length = (uint)random.Next(300) };
            if (random.Next(2) == 0)
                open.Length = (uint)(bytes.Length - 16);
            MemoryMarshal.Write(bytes, in open);
        }

        if (bytes.Length > 0)
            SocketEnd.Send(socket, bytes, random.Next(4) == 0 ? socket : -1);
        Sys.Close(socket);
    }

    private static void Packet(RawClient client, Random random)
    {
        var bytes = new byte[random.Next(3) == 0 ? random.Next(1, 64) : 24];
        random.NextBytes(bytes);
        if (random.Next(4) != 0 && bytes.Length >= 24)
        {
            var packet = new WirePacket
            {
                Magic = WireConstants.Magic,
                // One that attaches is another program, and the region is gone.
                Op = (WireOp)random.Next(4, 12),
                Slot = (ushort)random.Next(80),
                Region = random.Next(4) == 0 ? (ulong)random.NextInt64() : client.Region,
                Value = (ulong)random.Next(8),
            };
            MemoryMarshal.Write(bytes, in packet);
        }

        // A full socket makes a client wait.
        while (!SocketEnd.Send(client.Card, bytes, random.Next(50) == 0 ? client.Card : -1))
            Thread.Yield();
    }

    // Calls about what is a card, a file or nothing at all, over a channel for what is none of them.
    private static void Descriptors(RawClient client, Random random, bool isFirst)
    {
        if (isFirst)
            client.Open("");
        var index = random.Next(WireConstants.Slots);
        var slot = client.Slot(index);
        random.NextBytes(slot[4..WireConstants.ArgumentOffset]);
        var numbers = IoctlTable.DescriptorRows;
        MemoryMarshal.Write(slot[4..], numbers[random.Next(numbers.Length)].Number.Value);
        MemoryMarshal.Write(slot[16..], random.Next(4) == 0 ? random.Next() : random.Next(64));
        MemoryMarshal.Write(slot[24..], random.Next(3));
        MemoryMarshal.Write(slot[28..], random.Next(3));
        MemoryMarshal.Write(slot[32..], random.Next(3) == 0 ? random.Next() : random.Next(3));
        Volatile.Write(ref client.State(index), (uint)WireState.Called);
        var packet = new WirePacket
        {
            Magic = WireConstants.Magic,
            Op = (WireOp)random.Next((int)WireOp.Ioctl, (int)WireOp.Control),
            Slot = (ushort)index,
            Region = client.Region,
            Value = (ulong)random.Next(8),
        };
        while (!client.Send(packet, random.Next(3) == 0 ? client.Card : -1))
            Thread.Yield();
    }

    private static void Slot(RawClient client, Random random)
    {
        var index = random.Next(WireConstants.Slots);
        var slot = client.Slot(index);
        random.NextBytes(slot[4..512]);
        var rows = IoctlTable.Rows;
        var number = rows[random.Next(rows.Length)].Number.Value;
        if (random.Next(5) == 0)
            number ^= 1u << random.Next(32);
        MemoryMarshal.Write(slot[4..], in number);
        for (var at = 64; at < 200 && random.Next(3) != 0; at += 4)
        {
            var small = random.Next(40);
            MemoryMarshal.Write(slot[at..], in small);
        }

        var size = random.Next(4) == 0 ? (uint)random.Next() : (number >> 16) & 0x3fff;
        MemoryMarshal.Write(slot[16..], in size);
        var ranges = random.Next(3) == 0 ? (uint)random.Next() : (uint)random.Next(4);
        MemoryMarshal.Write(slot[24..], in ranges);
        random.NextBytes(slot.Slice(WireConstants.Payload, 128));
        Volatile.Write(ref client.State(index), (uint)WireState.Called);
        var packet = new WirePacket
        {
            Magic = WireConstants.Magic,
            Op = random.Next(20) == 0 ? WireOp.Mmap : random.Next(20) == 0 ? WireOp.Interrupt : WireOp.Ioctl,
            Slot = (ushort)index,
            Region = client.Region,
        };
        while (!client.Send(packet, random.Next(100) == 0 ? client.Card : -1))
            Thread.Yield();
    }
}
