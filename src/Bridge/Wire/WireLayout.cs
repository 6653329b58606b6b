using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Bridge.Wire;

// The structs of src/Shim/wire.h, whose names and comments say what each is for; a test compares them byte by byte.

internal static class WireConstants
{
    public const uint Version = 3;
    public const uint Magic = 0x64726d00 + Version;
    public const string Name = "drm-actors/";
    public const int Slots = 256;
    public const int SlotSize = 128 << 10;
    public const int ArgumentSize = 16 << 10;
    public const int Payload = 128 + ArgumentSize;
    public const int RangesMax = 64;
    public const int DescriptorsMax = 64;
    public const string Uevents = "uevents";
    public const int Notice = 0;
    public const int NameMax = 64;
    public const int PathMax = 4096;
    public const int TextMax = 2048;
    public const int ControlMax = 64 << 10;
    public const uint Unreadable = 0xffffffff;
    public const uint Writable = 0x80000000;
    public const int ArgumentOffset = 128;
    public const int DescriptorOffset = Payload + (RangesMax * 16);
    public const int RangeBytes = DescriptorOffset + (DescriptorsMax * 16);
}

internal enum WireOp : ushort
{
    Hello = 1,
    Open = 2,
    Attach = 3,
    Ioctl = 4,
    Mmap = 5,
    Unmap = 6,
    Interrupt = 7,
    Write = 8,
    Describe = 9,
    Control = 10,
    Listen = 11,
    Watch = 12,
    Settle = 13,
    Overrun = 14,
}

internal enum WireOverrun : uint
{
    Take,
    Look,
}

internal enum WireState : uint
{
    Free,
    Claimed,
    Called,
    Fetch,
    Done,
}

internal enum WireMark
{
    DmaBuf = 50,
    DmaBufRdwr = 51,
    SyncFile = 52,
    Syncobj = 53,
    SwSync = 54,
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireOpen
{
    public uint Magic;
    public uint Op;
    public int Flags;
    public uint Length;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireOpened
{
    public uint Magic;
    public int Error;
    public WireName Name;
}

/// <summary>Ends with a 0.</summary>
[InlineArray(WireConstants.NameMax)]
internal struct WireName
{
    private byte _first;

    public static WireName Of(string name)
    {
        WireName bytes = default;
        System.Text.Encoding.ASCII.TryGetBytes(name, bytes[..(WireConstants.NameMax - 1)], out _);
        return bytes;
    }
}

[StructLayout(LayoutKind.Sequential)]
internal struct WirePacket
{
    public uint Magic;
    public WireOp Op;
    public ushort Slot;
    public ulong Region;
    public ulong Value;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireAttached
{
    public uint Magic;
    public uint Slots;
    public uint SlotSize;
    public uint Pad;
    public ulong Region;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireMmap
{
    public ulong Offset;
    public ulong Length;
    public uint Protection;
    public uint Flags;
    public ulong Id;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireWatch
{
    public int Epoll;
    public int Number;
    public uint Events;
    public uint Pad;
    public ulong Data;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireFacts
{
    public ulong Size;
    public uint Length;
    public uint Pad;
    public Characters Text;

    [InlineArray(WireConstants.TextMax)]
    internal struct Characters
    {
        private byte _first;
    }
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireRange
{
    public ulong Address;
    public uint Length;
    public uint Offset;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireDescriptor
{
    public ulong At;
    public int Number;
    public uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WireSlotHeader
{
    public uint State;
    public uint Number;
    public ulong Address;
    public uint Size;
    public int Result;
    public uint Ranges;
    public uint Socket;
    public uint Descriptors;
    public Seven Pad;
    public WireName Name;

    [InlineArray(7)]
    internal struct Seven
    {
        private uint _first;
    }
}
