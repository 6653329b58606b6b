using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Hardware.Native;

/// <summary>A fixed array outside the managed heap, zero at first, whose pages take memory only once they are written.</summary>
internal sealed unsafe class NativeTable<T> : SafeHandleZeroOrMinusOneIsInvalid
    where T : unmanaged
{
    private readonly int _length;

    internal NativeTable(int length)
        : base(ownsHandle: true)
    {
        _length = length;
        // SAFETY: no address is asked for, so nothing that is mapped is replaced.
        var address = Libc.Map(0, Bytes, Libc.ProtReadWrite, Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve, -1, 0);
        if (address == -1)
            throw Libc.Unexpected("mmap of a table");
        SetHandle(address);
    }

    private nuint Bytes => (nuint)_length * (nuint)sizeof(T);

    // SAFETY: the index is checked; the owner does not index a table that it has disposed of.
    internal ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length)
                throw new ArgumentOutOfRangeException(nameof(index));
            return ref ((T*)handle)[index];
        }
    }

    protected override bool ReleaseHandle() => Libc.Unmap(handle, Bytes) == 0;
}
