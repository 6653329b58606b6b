using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Tests.Wire;

/// <summary>A client that speaks the wire by itself, and so may say what the library never would.</summary>
internal sealed unsafe class RawClient : IDisposable
{
    private readonly string _socket;
    private readonly Poller _poller = new();
    private byte* _slots;

    public RawClient(string socket) => _socket = socket;

    public int Card { get; private set; } = -1;

    public ulong Region { get; private set; }

    public Span<byte> Slot(int index) => new(_slots + ((long)index * WireConstants.SlotSize), WireConstants.SlotSize);

    public ref uint State(int index) => ref Unsafe.As<byte, uint>(ref Slot(index)[0]);

    /// <summary>A new connection to the daemon's socket; the caller's to close.</summary>
    public int Connect()
    {
        var socket = Sys.Socket(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0);
        var name = Encoding.UTF8.GetBytes(_socket);
        var address = stackalloc byte[110];
        new Span<byte>(address, 110).Clear();
        *(ushort*)address = Sys.AddressUnix;
        name.CopyTo(new Span<byte>(address + 2, 107));
        Assert.Equal(0, Sys.Connect(socket, address, (uint)(3 + name.Length)));
        return socket;
    }

    /// <summary>Opens the card; or with "" a channel for descriptors, in its place.</summary>
    public void Open(string what = "/dev/dri/card0")
    {
        var socket = Connect();
        byte[] path = Encoding.UTF8.GetBytes(what);
        var open = new WireOpen { Magic = WireConstants.Magic, Op = (uint)WireOp.Open, Flags = 2, Length = (uint)path.Length };
        var ends = stackalloc int[2];
        Assert.Equal(0, Sys.SocketPair(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0, ends));
        SocketEnd.Send(socket, [.. MemoryMarshal.AsBytes(new ReadOnlySpan<WireOpen>(in open)), .. path], ends[1]);
        Sys.Close(ends[1]);
        if (Card >= 0)
            Sys.Close(Card);
        Card = ends[0];
        WireOpened opened = default;
        Assert.Equal(-1, Take(socket, MemoryMarshal.AsBytes(new Span<WireOpened>(ref opened))));
        Assert.Equal(0, opened.Error);
        Sys.Close(socket);
    }

    public void Attach()
    {
        var ends = stackalloc int[2];
        Assert.Equal(0, Sys.SocketPair(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0, ends));
        var on = 1;
        Assert.Equal(0, Sys.SetOption(ends[1], Sys.SolSocket, Sys.PassCred, &on, sizeof(int)));
        Assert.True(SocketEnd.Send(ends[0], [0]));
        Assert.True(Send(new WirePacket { Magic = WireConstants.Magic, Op = WireOp.Attach }, ends[1]));
        Sys.Close(ends[1]);
        WireAttached attached = default;
        var memory = Take(ends[0], MemoryMarshal.AsBytes(new Span<WireAttached>(ref attached)));
        Sys.Close(ends[0]);
        Region = attached.Region;
        _slots = (byte*)Sys.Map(0, (nuint)attached.Slots * attached.SlotSize, 3, 1, memory, 0);
        Sys.Close(memory);
    }

    public bool Send(in WirePacket packet, int descriptor = -1) =>
        SocketEnd.Send(Card, MemoryMarshal.AsBytes(new ReadOnlySpan<WirePacket>(in packet)), descriptor);

    public void Dispose()
    {
        if (Card >= 0)
            Sys.Close(Card);
        _poller.Dispose();
    }

    private int Take(int socket, Span<byte> bytes)
    {
        int length, descriptor;
        while ((length = SocketEnd.Receive(socket, bytes, _poller.Forks, out descriptor)) < 0)
            Thread.Yield();
        Assert.Equal(bytes.Length, length);
        return descriptor;
    }
}
