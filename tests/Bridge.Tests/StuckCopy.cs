using System.Runtime.InteropServices;
using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Tests;

/// <summary>A copy of this process that is starting a program, and does not get there: it opens a FIFO first, whose other end nobody opens.</summary>
internal sealed unsafe partial class StuckCopy : IDisposable
{
    private const int ReadOnly = 0;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-");
    private readonly Thread _starter;
    private int _started;

    /// <summary>It has what is open now.</summary>
    public StuckCopy()
    {
        foreach (var path in (string[])[There, GoesOn])
            Assert.Equal(0, MakeFifo(path, 0b110_000_000));
        _starter = new Thread(Start);
        _starter.Start();
        File.OpenHandle(There, FileMode.Open, FileAccess.Write).Dispose();
    }

    private string There => Path.Combine(_folder.FullName, "there");

    private string GoesOn => Path.Combine(_folder.FullName, "goes-on");

    /// <summary>It becomes the program, and that ends.</summary>
    public void GoOn()
    {
        File.OpenHandle(GoesOn, FileMode.Open, FileAccess.Write).Dispose();
        _starter.Join();
        Assert.Equal(0, _started);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Start()
    {
        // More than glibc's, and musl's, need.
        var actions = stackalloc long[64];
        var arguments = stackalloc nint[2];
        arguments[0] = Marshal.StringToCoTaskMemUTF8("/bin/true");
        arguments[1] = 0;
        InitializeActions(actions);
        AddOpen(actions, 0, There, ReadOnly, 0);
        AddOpen(actions, 0, GoesOn, ReadOnly, 0);
        _started = Spawn(out var id, "/bin/true", actions, null, arguments, arguments + 1);
        DestroyActions(actions);
        Marshal.FreeCoTaskMem(arguments[0]);
        if (_started == 0)
            Wait(id, null, 0);
    }

    // SAFETY: copies the path.
    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    // SAFETY: the actions outlive the call.
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(void* actions);

    // SAFETY: the actions outlive the call, which copies the path.
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(void* actions, int descriptor, string path, int flags, uint mode);

    // SAFETY: they are not used again.
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(void* actions);

    // SAFETY: all of it outlives the call.
    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int id, string path, void* actions, void* attributes, nint* arguments, nint* environment);

    // SAFETY: no memory.
    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int id, int* status, int options);
}
