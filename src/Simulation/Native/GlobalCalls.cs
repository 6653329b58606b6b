using System.Runtime.InteropServices;

namespace DrmActors.Simulation.Native;

/// <summary>
/// The calls of a client of a card, as the program's own symbols: those of a preloaded library where there is one, and not the C library's, which a
/// plain import would find.
/// </summary>
internal static unsafe class GlobalCalls
{
    public const int ReadWrite = 2;
    public const int CloseOnExec = 0x80000;
    public const int ProtectionReadWrite = 3;
    public const int MapShared = 1;
    public static readonly nint MapFailed = -1;

    private static readonly nint Program = NativeLibrary.GetMainProgramHandle();

    // SAFETY: the shapes are those of the C library's. ioctl's last argument is passed as its caller would pass it on every 64-bit Linux.
    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate int OpenCall(byte* path, int flags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate int CloseCall(int fd);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate int IoctlCall(int fd, nuint number, void* argument);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate nint MmapCall(nint address, nuint length, int protection, int flags, int fd, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate int MunmapCall(nint address, nuint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    public delegate nint ReadCall(int fd, byte* bytes, nuint length);

    public static OpenCall Open { get; } = Of<OpenCall>("open");

    public static CloseCall Close { get; } = Of<CloseCall>("close");

    public static IoctlCall Ioctl { get; } = Of<IoctlCall>("ioctl");

    public static MmapCall Mmap { get; } = Of<MmapCall>("mmap");

    public static MunmapCall Munmap { get; } = Of<MunmapCall>("munmap");

    public static ReadCall Read { get; } = Of<ReadCall>("read");

    private static T Of<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Program, name));
}
