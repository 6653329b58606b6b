using System.Buffers;
using DrmActors.Hardware.Native;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Hardware.Memory;

/// <summary>
/// The bytes of an arena: a reservation that shows the shared memfd, except where an own one is mapped over it. Knows
/// offsets only; who may touch which is the arena's to say.
/// </summary>
internal sealed class ArenaStore : IDisposable
{
    private readonly Reservation _reservation;
    private readonly SafeFileHandle _shared;

    internal ArenaStore(long bytes)
    {
        if (!MemoryFile.TryCreate("drm-arena", bytes, out var descriptor, out var error))
            throw new IOException($"The arena's memfd of {bytes} bytes failed: {error}.");
        _shared = new(descriptor, ownsHandle: true);
        _reservation = new(bytes);
        if (!TryShowShared(0, bytes))
            throw Libc.Unexpected("mmap of the arena");
    }

    /// <summary>Makes a memfd and shows it in the range, which must be clean.</summary>
    /// <param name="clean">On failure: whether the range shows the shared memfd, as before.</param>
    internal bool TryShowOwn(long offset, long length, out int descriptor, out bool clean)
    {
        clean = true;
        if (!MemoryFile.TryCreate("drm-gem", length, out descriptor, out _))
            return false;
        if (DescriptorReserve.Has(descriptor))
        {
            MemoryFile.Close(descriptor);
            return false;
        }

        if (_reservation.TryMap(descriptor, 0, offset, length))
            return true;
        // The failed call may have left a gap.
        clean = TryShowShared(offset, length);
        MemoryFile.Close(descriptor);
        return false;
    }

    /// <summary>Closes an own memfd: its memory goes with its last holder, who may be another process. It is never punched, since that one may still read it.</summary>
    /// <returns>False when the range cannot be used again.</returns>
    internal bool TryHideOwn(int descriptor, long offset, long length)
    {
        var clean = TryShowShared(offset, length);
        MemoryFile.Close(descriptor);
        return clean;
    }

    internal static void CloseOwn(int descriptor) => MemoryFile.Close(descriptor);

    /// <summary>Makes a range of the shared memfd zero, and gives its memory back to the system.</summary>
    internal void Punch(long offset, long length)
    {
        if (!MemoryFile.TryPunch((int)_shared.DangerousGetHandle(), offset, length))
            _reservation.Clear(offset, length);
    }

    internal Span<byte> Span(ArenaBlock block) => _reservation.Span(block.Offset, (int)Math.Min(block.Length, Arena.LargestSpan));

    internal void Populate(ArenaBlock block) => _reservation.Populate(block.Offset, block.Length);

    internal long ResidentBytes(ArenaBlock block) => _reservation.ResidentPages(block.Offset, block.Length) * (long)Environment.SystemPageSize;

    /// <summary>Makes a block zero, and gives its memory back to the system.</summary>
    /// <param name="descriptor">Of its own memfd; <see cref="PageTag.None"/> for a part of the shared one.</param>
    internal void Discard(ArenaBlock block, int descriptor)
    {
        if (descriptor == PageTag.None)
            Punch(block.Offset, block.Length);
        else if (!MemoryFile.TryPunch(descriptor, 0, block.Length))
            _reservation.Clear(block.Offset, block.Length);
    }

    internal MemoryHandle Pin(ArenaBlock block, int index, IPinnable owner) => _reservation.Pin(block.Offset + index, owner);

    public void Dispose()
    {
        _reservation.Dispose();
        _shared.Dispose();
    }

    // Neighbouring parts of one file become one mapping again.
    private bool TryShowShared(long offset, long length) =>
        _reservation.TryMap((int)_shared.DangerousGetHandle(), offset, offset, length);
}
