using System.Runtime.InteropServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

/// <summary>A client with one page of memory; nothing else can be reached.</summary>
internal sealed class ClientMemory : IClientMemory
{
    public const ulong Start = 0x7000_0000_1000;

    public const ulong Unmapped = 8;

    public byte[] Bytes { get; } = new byte[4096];

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!Contains(address, destination.Length))
        {
            return false;
        }

        Bytes.AsSpan((int)(address - Start), destination.Length).CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!Contains(address, source.Length))
        {
            return false;
        }

        source.CopyTo(Bytes.AsSpan((int)(address - Start)));
        return true;
    }

    public ClientMemory Put<T>(ulong address, params ReadOnlySpan<T> items)
        where T : unmanaged
    {
        Assert.True(TryWrite(address, MemoryMarshal.AsBytes(items)));
        return this;
    }

    public T[] Get<T>(ulong address, int count)
        where T : unmanaged
    {
        var items = new T[count];
        Assert.True(TryRead(address, MemoryMarshal.AsBytes(items.AsSpan())));
        return items;
    }

    private static bool Contains(ulong address, int length)
    {
        Assert.True(address <= ulong.MaxValue - (ulong)length, "the range wraps round");
        return address >= Start && length <= 4096 && address - Start <= 4096 - (ulong)length;
    }
}
