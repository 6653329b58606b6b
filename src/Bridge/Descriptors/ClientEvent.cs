using DrmActors.Actors.Descriptors;
using DrmActors.Bridge.Native;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// An eventfd of a client, which one call has named. It is counted once, whoever has closed it meanwhile; where that never comes, it is closed when
/// nobody can count any more.
/// </summary>
internal sealed class ClientEvent(int descriptor) : EventCounter
{
    private const string Link = "anon_inode:[eventfd]";

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file = new(descriptor, ownsHandle: true);

    public static bool Is(int descriptor) =>
        string.Equals(new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget, Link, StringComparison.Ordinal);

    // One that is full is left alone: a write would wait for its reader.
    public override unsafe void Add(ulong count)
    {
        lock (_lock)
        {
            if (_file.IsClosed)
                return;
            var end = (int)_file.DangerousGetHandle();
            if (Sys.HasRoom(end))
                Sys.Write(end, &count, sizeof(ulong));
            _file.Dispose();
        }
    }
}
