using System.Runtime.InteropServices;
using DrmActors.Bridge.Wire;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Calls;

/// <summary>
/// The memory of a client as one call sees it: the ranges that came along in the slot, and what is to be written back. What is read and did not come
/// along is wanted: the client is asked for it, and the call is decoded again. Everything in the slot is the client's to spoil at any time, so it is
/// read once and trusted in nothing.
/// </summary>
internal sealed unsafe class SlotMemory(byte* slot) : IClientMemory
{
    private const int Room = WireConstants.SlotSize - WireConstants.RangeBytes;

    private readonly List<WireRange> _read = [];
    private byte[] _copies = [];
    private int _used;
    private int _written;
    private int _next;

    /// <summary>Whether the call needs memory that did not come along.</summary>
    public bool Wants { get; private set; }

    public int Ranges => _read.Count;

    public int Written => _written;

    /// <summary>Takes over the ranges that the client filled in.</summary>
    public void Load(uint count)
    {
        _read.Clear();
        Wants = false;
        (_used, _written, _next) = (0, 0, WireConstants.RangeBytes);
        for (var i = 0; i < Math.Min(count, WireConstants.RangesMax); i++)
        {
            var range = RangeAt(i);
            var length = LengthOf(range);
            var end = (long)range.Offset + length;
            var fits = range.Offset >= WireConstants.RangeBytes && end <= WireConstants.SlotSize && length <= Room - _used;
            if (fits)
            {
                new ReadOnlySpan<byte>(slot + range.Offset, (int)length).CopyTo(Copies(_used + (int)length).AsSpan(_used));
                _read.Add(range with { Offset = (uint)_used });
                _used += (int)length;
            }
            else
            {
                _read.Add(range with { Offset = WireConstants.Unreadable });
            }
        }
    }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        foreach (var range in CollectionsMarshal.AsSpan(_read))
        {
            var length = LengthOf(range);
            if (address < range.Address || address - range.Address > length || (ulong)destination.Length > length - (address - range.Address))
                continue;
            // A part of it may be readable.
            if (range.Offset == WireConstants.Unreadable && !IsExactly(range, address, destination))
                continue;
            if (range.Offset == WireConstants.Unreadable || Wants)
                return false;
            Copies(_used).AsSpan((int)(range.Offset + (address - range.Address)), destination.Length).CopyTo(destination);
            return true;
        }

        Want(address, destination.Length, flag: 0);
        return false;
    }

    /// <summary>Whether the client can write there, before anything is done: it tries with what is there.</summary>
    public bool CanWrite(ulong address, int length)
    {
        foreach (var range in _read)
            if (range.Address == address && range.Length == ((uint)length | WireConstants.Writable))
                return range.Offset != WireConstants.Unreadable && !Wants;
        Want(address, length, WireConstants.Writable);
        return false;
    }

    /// <summary>Tells the client what to copy into the slot. What it did before comes along again.</summary>
    public void Ask()
    {
        for (var i = 0; i < _read.Count; i++)
        {
            var range = _read[i];
            var offset = range.Offset == WireConstants.Unreadable ? WireConstants.Unreadable : WireConstants.RangeBytes + range.Offset;
            SetRange(i, range with { Offset = offset });
        }
    }

    /// <summary>Whether the client can write there, it finds out itself, and its call is EFAULT then.</summary>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (_written >= WireConstants.RangesMax - 1 || source.Length > WireConstants.SlotSize - _next)
            return false;
        source.CopyTo(new Span<byte>(slot + _next, source.Length));
        SetRange(_written++, new WireRange { Address = address, Length = (uint)source.Length, Offset = (uint)_next });
        _next += source.Length;
        return true;
    }

    /// <summary>The argument goes back as well, from where it is.</summary>
    public void WriteArgument(ulong address, ReadOnlySpan<byte> argument)
    {
        argument.CopyTo(new Span<byte>(slot + WireConstants.ArgumentOffset, WireConstants.ArgumentSize));
        if (_written < WireConstants.RangesMax)
            SetRange(_written++, new WireRange { Address = address, Length = (uint)argument.Length, Offset = WireConstants.ArgumentOffset });
    }

    // More than a slot carries is more than any call here takes.
    private void Want(ulong address, int length, uint flag)
    {
        if (_read.Count >= WireConstants.RangesMax || length > Room - _used)
            return;
        _read.Add(new WireRange { Address = address, Length = (uint)length | flag, Offset = (uint)_used });
        _used += length;
        Wants = true;
    }

    private static bool IsExactly(in WireRange range, ulong address, Span<byte> bytes) => range.Address == address && LengthOf(range) == bytes.Length;

    private static uint LengthOf(in WireRange range) => range.Length & ~WireConstants.Writable;

    private byte[] Copies(int length)
    {
        if (length > _copies.Length)
            Array.Resize(ref _copies, Math.Max(length, 1024));
        return _copies;
    }

    private WireRange RangeAt(int index) => *((WireRange*)(slot + WireConstants.Payload) + index);

    private void SetRange(int index, WireRange range) => *((WireRange*)(slot + WireConstants.Payload) + index) = range;
}
