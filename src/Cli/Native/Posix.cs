using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DrmActors.Cli.Native;

/// <summary>The system calls around a child process: with the terminal, the bytes and the signals just as they are.</summary>
internal static unsafe partial class Posix
{
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGTERM = 15;

    private const int SIGPIPE = 13;
    private const int X_OK = 1;
    private const int W_OK = 2;
    private const int P_PID = 1;
    private const int WEXITED = 4;
    private const int WNOWAIT = 0x1000000;
    private const int AT_FDCWD = -100;
    private const uint STATX_TYPE = 1;
    private const uint STATX_UID = 8;
    private const uint STATX_GID = 16;
    private const int S_IFMT = 0xf000;
    private const int S_IFSOCK = 0xc000;
    private const short POSIX_SPAWN_SETSIGDEF = 4;

    // Larger than the C library's own: posix_spawnattr_t 336, sigset_t 128, siginfo_t 128 bytes.
    private const int OpaqueBytes = 512;

    public static uint EffectiveUser => geteuid();

    public static uint EffectiveGroup => getegid();

    /// <summary>A new folder, mode 0700.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string MakeTemporaryFolder(string prefix)
    {
        var template = System.Text.Encoding.UTF8.GetBytes(prefix + "XXXXXX\0");
        // SAFETY: the template ends with a 0 and is changed in place.
        fixed (byte* name = template)
            if (mkdtemp(name) == null)
                throw new IOException($"{prefix}*: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        return System.Text.Encoding.UTF8.GetString(template.AsSpan()[..^1]);
    }

    public static bool CanExecute(string path) => access(path, X_OK) == 0;

    public static bool CanWrite(string path) => access(path, W_OK) == 0;

    /// <summary>Whether the file has capabilities of its own.</summary>
    public static bool HasCapabilities(string path) => getxattr(path, "security.capability", null, 0) > 0;

    public static bool IsSocket(string path)
    {
        // SAFETY: a struct statx has 256 bytes; stx_mode is at 28.
        var buffer = stackalloc byte[OpaqueBytes];
        return statx(AT_FDCWD, path, 0, STATX_TYPE, buffer) == 0 && (*(ushort*)(buffer + 28) & S_IFMT) == S_IFSOCK;
    }

    /// <summary>The owner of a file, and its group.</summary>
    public static (uint User, uint Group)? OwnerOf(string path)
    {
        // SAFETY: a struct statx has 256 bytes; stx_uid is at 20, stx_gid at 24.
        var buffer = stackalloc byte[OpaqueBytes];
        return statx(AT_FDCWD, path, 0, STATX_UID | STATX_GID, buffer) == 0 ? (*(uint*)(buffer + 20), *(uint*)(buffer + 24)) : null;
    }

    /// <summary>Starts a program. Signals that this process handles or ignores for itself are as they were for the program.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Spawn(string path, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment, out int processId)
    {
        using var argv = new StringVector(arguments);
        using var envp = new StringVector(environment);
        // SAFETY: both are opaque to us and larger than the C library's.
        var attributes = stackalloc byte[OpaqueBytes];
        var signals = stackalloc byte[OpaqueBytes];
        posix_spawnattr_init(attributes);
        try
        {
            // The runtime ignores it; whatever else it handles, exec sets to the default.
            sigemptyset(signals);
            sigaddset(signals, SIGPIPE);
            posix_spawnattr_setsigdefault(attributes, signals);
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF);
            return posix_spawn(out processId, path, null, attributes, argv.Pointer, envp.Pointer);
        }
        finally
        {
            posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Waits for the end of a child, and leaves it to be reaped: its number stays its own.</summary>
    public static void WaitForEnd(int processId)
    {
        var info = stackalloc byte[OpaqueBytes];
        while (waitid(P_PID, (uint)processId, info, WEXITED | WNOWAIT) != 0 && Marshal.GetLastPInvokeError() == EINTR)
        {
        }
    }

    /// <summary>The status of a child that has ended, as waitpid(2) has it.</summary>
    public static int Reap(int processId)
    {
        int status;
        while (waitpid(processId, out status, 0) < 0 && Marshal.GetLastPInvokeError() == EINTR)
        {
        }

        return status;
    }

    public static void Kill(int processId, int signal) => _ = kill(processId, signal);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial uint getegid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* mkdtemp(byte* template);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getxattr(string path, string name, byte* value, nint size);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigaddset(byte* signals, int signal);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int processId, string path, void* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int kind, uint id, byte* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int processId, out int status, int options);

    [LibraryImport("libc")]
    private static partial int kill(int processId, int signal);
}
