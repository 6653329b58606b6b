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
            var end = (long)range.Offset + range.Length;
            var fits = range.Offset >= WireConstants.RangeBytes && end <= WireConstants.SlotSize && range.Length <= Room - _used;
            if (fits)
            {
                new ReadOnlySpan<byte>(slot + range.Offset, (int)range.Length).CopyTo(Copies(_used + (int)range.Length).AsSpan(_used));
                _read.Add(range with { Offset = (uint)_used });
                _used += (int)range.Length;
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
            if (address < range.Address || address - range.Address > range.Length
                || (ulong)destination.Length > range.Length - (address - range.Address))
                continue;
            if (range.Offset == WireConstants.Unreadable || Wants)
                return false;
            Copies(_used).AsSpan((int)(range.Offset + (address - range.Address)), destination.Length).CopyTo(destination);
            return true;
        }

        // More than a slot carries is more than any call here takes.
        if (_read.Count < WireConstants.RangesMax && destination.Length <= Room - _used)
        {
            _read.Add(new WireRange { Address = address, Length = (uint)destination.Length, Offset = (uint)_used });
            _used += destination.Length;
            Wants = true;
        }

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

    private byte[] Copies(int length)
    {
        if (length > _copies.Length)
            Array.Resize(ref _copies, Math.Max(length, 1024));
        return _copies;
    }

    private WireRange RangeAt(int index) => *((WireRange*)(slot + WireConstants.Payload) + index);

    private void SetRange(int index, WireRange range) => *((WireRange*)(slot + WireConstants.Payload) + index) = range;
}
