using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Hardware.Native;

/// <summary>
/// Every call of the operating system that this assembly makes. Linux, 64 bits: <c>off_t</c> and <c>time_t</c> are <see cref="long"/>.
/// Sources: sys/mman.h, fcntl.h, linux/memfd.h, linux/falloc.h, sys/resource.h, time.h, sys/timerfd.h.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int ProtNone = 0;
    internal const int ProtReadWrite = 3;
    internal const int MapShared = 0x01;
    internal const int MapPrivate = 0x02;
    internal const int MapFixed = 0x10;
    internal const int MapAnonymous = 0x20;
    internal const int MapNoReserve = 0x4000;

    internal const int AdvicePopulateWrite = 23;

    internal const uint MemfdCloseOnExec = 1;
    internal const uint MemfdAllowSealing = 2;
    internal const int AddSeals = 1033;
    internal const int GetSeals = 1034;
    internal const int SealSealShrinkGrow = 7;
    internal const int FallocKeepSizePunchHole = 3;

    internal const int ClockRealtime = 0;
    internal const int ClockMonotonic = 1;
    internal const int TimerCloseOnExec = 0x80000;
    internal const int TimerAbsolute = 1;

    internal const int LimitOfDescriptors = 7;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Limit
    {
        internal ulong Current;
        internal ulong Most;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimerSpec
    {
        internal TimeSpec Interval;
        internal TimeSpec Value;
    }

    // SAFETY: with MapFixed the caller owns the whole range, and no span into it is in use.
    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    // SAFETY: only for advice that changes no byte.
    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(nint address, nuint length, int advice);

    // SAFETY: the range is mapped, and there is a byte for each of its pages.
    [LibraryImport("libc", EntryPoint = "mincore", SetLastError = true)]
    internal static partial int Resident(nint address, nuint length, byte* pages);

    // SAFETY: nobody reads or writes the range afterwards.
    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    // SAFETY: copies the name; the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MemfdCreate(string name, uint flags);

    // SAFETY: the file is not sealed and no mapping reaches beyond the new length.
    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int Truncate(int descriptor, long length);

    // SAFETY: only for commands whose third argument is an integer. fcntl takes it as a variadic argument; on the ABIs
    // of x86-64 and AArch64 Linux an integer travels the same way in both.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    // SAFETY: no live or pinned block lies in the range.
    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, long offset, long length);

    // SAFETY: writes one Limit that outlives the call.
    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, Limit* limit);

    // SAFETY: the descriptor is the caller's and is not used again.
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    // SAFETY: writes one TimeSpec that outlives the call. The vDSO answers in some 25 ns and never blocks, so the collector can wait.
    [LibraryImport("libc", EntryPoint = "clock_gettime"), SuppressGCTransition]
    internal static partial int GetTime(int clock, TimeSpec* time);

    // The yardstick of the clock's lateness, used by its benchmark alone.
    // SAFETY: reads one TimeSpec that outlives the call; what remains is not asked for (null). The result is the error number.
    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    internal static partial int Sleep(int clock, int flags, TimeSpec* until, TimeSpec* remains);

    // SAFETY: the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "timerfd_create", SetLastError = true)]
    internal static partial int TimerCreate(int clock, int flags);

    // SAFETY: reads one TimerSpec that outlives the call; the old setting is not asked for (null).
    [LibraryImport("libc", EntryPoint = "timerfd_settime", SetLastError = true)]
    internal static partial int TimerSet(int descriptor, int flags, TimerSpec* next, TimerSpec* old);

    // SAFETY: the buffer has room for length bytes and stays where it is during the call.
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, void* buffer, nuint length);

    /// <summary>The last call's error number.</summary>
    internal static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>What to throw where a call fails that cannot fail.</summary>
    internal static IOException Unexpected(string call) => new($"{call} failed: {LastError}.");
}
