using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Hardware.Native;

/// <summary>
/// A range of address space into which files are mapped. It stays reserved until it is disposed of, so a place in it is
/// an offset that nobody else can come to own.
/// </summary>
internal sealed unsafe class Reservation : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly long _length;

    internal Reservation(long length)
        : base(ownsHandle: true)
    {
        _length = length;
        // SAFETY: no address is asked for, so nothing that is mapped is replaced.
        var address = Libc.Map(0, (nuint)length, Libc.ProtNone, Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve, -1, 0);
        if (address == -1)
            throw Libc.Unexpected("mmap of the reservation");
        SetHandle(address);
    }

    /// <summary>Shows a file's bytes in a part of the range, in place of what was there.</summary>
    /// <returns>False when the process has no mapping left (<c>vm.max_map_count</c>).</returns>
    internal bool TryMap(int descriptor, long fileOffset, long offset, long length)
    {
        Check(offset, length);
        // SAFETY: the range lies in this reservation; the caller holds no span into it.
        var address = Libc.Map(
            handle + (nint)offset, (nuint)length, Libc.ProtReadWrite, Libc.MapShared | Libc.MapFixed | Libc.MapNoReserve, descriptor, fileOffset);
        return address != -1;
    }

    // SAFETY: the caller keeps the file that is mapped there, and this object, for as long as the span is in use.
    internal Span<byte> Span(long offset, int length)
    {
        Check(offset, length);
        return new((byte*)handle + offset, length);
    }

    // SAFETY: as Span.
    internal void Clear(long offset, long length)
    {
        Check(offset, length);
        NativeMemory.Clear((byte*)handle + offset, (nuint)length);
    }

    /// <summary>Makes the pages appear now. A kernel older than 5.14 refuses; then they appear when they are touched.</summary>
    internal void Populate(long offset, long length)
    {
        Check(offset, length);
        // SAFETY: this advice reads and writes nothing.
        _ = Libc.Advise(handle + (nint)offset, (nuint)length, Libc.AdvicePopulateWrite);
    }

    /// <summary>How many pages of a mapped part the system has memory for.</summary>
    internal int ResidentPages(long offset, long length)
    {
        const int PagesACall = 4096;
        Check(offset, length);
        var pages = stackalloc byte[PagesACall];
        var resident = 0;
        var page = Environment.SystemPageSize;
        for (var done = 0L; done < length; done += PagesACall * (long)page)
        {
            var bytes = Math.Min(length - done, PagesACall * (long)page);
            var count = (int)((bytes + page - 1) / page);
            // SAFETY: the range lies in this reservation, where something is mapped at every moment.
            if (Libc.Resident(handle + (nint)(offset + done), (nuint)bytes, pages) != 0)
                return resident;
            for (var i = 0; i < count; i++)
                resident += pages[i] & 1;
        }

        return resident;
    }

    // SAFETY: as Span, until owner.Unpin is called; the bytes never move.
    internal MemoryHandle Pin(long offset, IPinnable owner)
    {
        Check(offset, 0);
        return new((byte*)handle + offset, default, owner);
    }

    protected override bool ReleaseHandle() => Libc.Unmap(handle, (nuint)_length) == 0;

    private void Check(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)(_length - length), nameof(offset));
    }
}
