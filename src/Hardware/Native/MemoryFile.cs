using DrmActors.Messages;

namespace DrmActors.Hardware.Native;

/// <summary>
/// Files that are memory (memfd). Each is sealed in its size: whoever else holds one cannot cut it short, which would
/// kill the readers of its mappings with SIGBUS.
/// </summary>
internal static class MemoryFile
{
    /// <param name="name">For /proc only.</param>
    /// <param name="length">In bytes; they are zero and take no memory before they are written.</param>
    /// <param name="descriptor">The caller's to close; -1 on failure.</param>
    /// <param name="error">ENOMEM, EMFILE or ENFILE.</param>
    internal static bool TryCreate(string name, long length, out int descriptor, out Errno error)
    {
        descriptor = Libc.MemfdCreate(name, Libc.MemfdCloseOnExec | Libc.MemfdAllowSealing);
        error = Errno.None;
        // SAFETY: the file is new: nobody maps it, and closing it on failure takes it from nobody.
        if (descriptor >= 0
            && Libc.Truncate(descriptor, length) == 0
            && Libc.Control(descriptor, Libc.AddSeals, Libc.SealSealShrinkGrow) == 0)
            return true;
        error = Libc.LastError;
        if (descriptor >= 0)
            Close(descriptor);
        descriptor = -1;
        return false;
    }

    /// <summary>Gives the memory of a part of the file back to the system; it reads as zero then, through every mapping.</summary>
    // SAFETY: the caller knows that nobody owns a byte of the range.
    internal static bool TryPunch(int descriptor, long offset, long length)
    {
        while (Libc.Allocate(descriptor, Libc.FallocKeepSizePunchHole, offset, length) != 0)
        {
            if (Libc.LastError != Errno.EINTR)
                return false;
        }
        return true;
    }

    // SAFETY: the descriptor is the caller's, who forgets it.
    internal static void Close(int descriptor) => _ = Libc.Close(descriptor);
}
