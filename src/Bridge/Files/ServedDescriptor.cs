using DrmActors.Bridge.Native;
using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>What open(2) of a served file gives.</summary>
/// <param name="Name">Of the client's end of the pair; empty where that needs none.</param>
/// <param name="Memory">In place of that end: what stood in the file when it was opened, as memory that nobody can change. Else -1.</param>
internal readonly record struct ServedDescriptor(Errno Errno, string Name = "", int Memory = -1)
{
    private const int AccessMode = 3;
    private const int SealWrite = 8;

    /// <param name="flags">Of open(2).</param>
    /// <param name="end">Of the pair; it is taken over.</param>
    public static ServedDescriptor Create(BridgeCore core, ServedFile file, int flags, int end)
    {
        if (file.Errno == Errno.None && file.Frames is { } frames)
            return new ServedDescriptor(CrcStream.Open(core, frames, end));
        if (file.Errno == Errno.None && file.Write is not null)
            return new ServedDescriptor(Errno.None, LiveFile.Open(core, file, flags & AccessMode, end));
        Sys.Close(end);
        return file.Errno == Errno.None ? Remember(file) : new ServedDescriptor(file.Errno);
    }

    private static unsafe ServedDescriptor Remember(ServedFile file)
    {
        var content = file.Content.Span;
        var descriptor = Libc.MemfdCreate("drm-file", Libc.MemfdCloseOnExec | Libc.MemfdAllowSealing);
        if (descriptor < 0)
            return new ServedDescriptor(Libc.LastError);
        fixed (byte* bytes = content)
        {
            // SAFETY: the file is new, and the bytes outlive the call.
            if (Sys.Write(descriptor, bytes, (nuint)content.Length) == content.Length
                && Libc.Control(descriptor, Libc.AddSeals, Libc.SealSealShrinkGrow | SealWrite) == 0
                && Sys.Seek(descriptor, 0, 0) == 0)
                return new ServedDescriptor(Errno.None, Memory: descriptor);
        }

        Sys.Close(descriptor);
        return new ServedDescriptor(Errno.ENOSPC);
    }
}
