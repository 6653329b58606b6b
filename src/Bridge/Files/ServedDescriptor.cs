using DrmActors.Bridge.Native;
using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>The descriptor of an open served file: what stood in it when it was opened, as memory that nobody can change.</summary>
internal static unsafe class ServedDescriptor
{
    /// <returns>The descriptor is the caller's to close.</returns>
    public static (Errno Errno, int Descriptor) Create(BridgeCore core, ServedFile file)
    {
        if (file.Frames is { } frames)
            return CrcStream.Open(core, frames);
        if (file.Write is not null)
            return LiveFile.Open(core, file);
        var content = file.Content.Span;
        var descriptor = Libc.MemfdCreate("drm-file", Libc.MemfdCloseOnExec | Libc.MemfdAllowSealing);
        if (descriptor < 0)
            return (Libc.LastError, -1);
        fixed (byte* bytes = content)
        {
            // SAFETY: the file is new, and the bytes outlive the call.
            if (Sys.Write(descriptor, bytes, (nuint)content.Length) == content.Length
                && Libc.Control(descriptor, Libc.AddSeals, Libc.SealSealShrinkGrow | SealWrite) == 0
                && Sys.Seek(descriptor, 0, 0) == 0)
                return (Errno.None, descriptor);
        }

        Sys.Close(descriptor);
        return (Errno.ENOSPC, -1);
    }

    private const int SealWrite = 8;
}
