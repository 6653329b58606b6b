using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Bridge.Native;

/// <summary>
/// Every call of the operating system that the bridge makes. Linux, 64 bits. Failures are -1 with <see cref="LastError"/>.
/// Sources: sys/socket.h, sys/un.h, sys/epoll.h, sys/eventfd.h, sys/mman.h, linux/futex.h, linux/sockios.h.
/// </summary>
internal static unsafe partial class Sys
{
    internal const int AddressUnix = 1;
    internal const int Datagram = 2;
    internal const int SeqPacket = 5;
    internal const int CloseOnExec = 0x80000;
    internal const int NonBlock = 0x800;
    internal const int SolSocket = 1;
    internal const int ScmRights = 1;
    internal const int ScmCredentials = 2;
    internal const int SndBuf = 7;
    internal const int RcvBuf = 8;
    internal const int SocketType = 3;
    internal const int PassCred = 16;
    internal const int PeerCred = 17;
    internal const int AcceptsConnections = 30;
    internal const int SocketDomain = 39;
    internal const int ScmPidDescriptor = 4;
    internal const int DontWait = 0x40;
    internal const int NoSignal = 0x4000;
    internal const int CmsgCloseOnExec = 0x40000000;
    internal const nuint OutQueue = 0x5411;
    internal const nuint InQueue = 0x541b;

    internal const uint EpollIn = 1;
    internal const uint EpollErr = 8;
    internal const uint EpollHup = 16;
    internal const int EpollAdd = 1;
    internal const int EpollDelete = 2;
    internal const int EpollModify = 3;

    internal const int FutexWake = 1;

    internal const int GetFlags = 3;
    internal const short PollOut = 4;
    internal const int SetSignal = 10;
    internal const int SetPipeSize = 1031;
    internal const int PathOnly = 0x200000;
    internal const int EmptyPath = 0x1000;
    internal const uint BasicStats = 0x7ff;

    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVec
    {
        internal void* Base;
        internal nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct MsgHdr
    {
        internal void* Name;
        internal uint NameLength;
        internal IoVec* Vector;
        internal nuint VectorLength;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }

    /// <summary>How a control message begins; what it is about follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ControlPart
    {
        internal nuint Length;
        internal int Level;
        internal int Type;
    }

    /// <summary>Bytes of a <see cref="ControlPart"/>.</summary>
    internal const int ControlHeader = 16;

    /// <summary>A control message with a sender.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct OneCredential
    {
        internal const int Used = 28;

        internal nuint Length;
        internal int Level;
        internal int Type;
        internal UCred Sender;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct UCred
    {
        internal int ProcessId;
        internal uint UserId;
        internal uint GroupId;
    }

    // SAFETY: writes two ints that outlive the call; the results are the caller's to close.
    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    internal static partial int SocketPair(int domain, int type, int protocol, int* ends);

    // SAFETY: the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int domain, int type, int protocol);

    // SAFETY: reads length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(int descriptor, byte* address, uint length);

    // SAFETY: reads length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(int descriptor, byte* address, uint length);

    // SAFETY: no memory.
    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(int descriptor, int backlog);

    // SAFETY: the address is not asked for (null); the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    internal static partial int Accept(int descriptor, void* address, uint* length, int flags);

    // SAFETY: writes at most *length bytes to a value that outlives the call.
    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetOption(int descriptor, int level, int name, void* value, uint* length);

    // SAFETY: reads length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetOption(int descriptor, int level, int name, void* value, uint length);

    // SAFETY: everything that the header points at outlives the call.
    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    internal static partial nint SendMessage(int descriptor, MsgHdr* message, int flags);

    // SAFETY: everything that the header points at outlives the call; received descriptors are the caller's to close.
    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    internal static partial nint ReceiveMessage(int descriptor, MsgHdr* message, int flags);

    // SAFETY: reads length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(int descriptor, void* bytes, nuint length, int flags);

    // SAFETY: touches no memory.
    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    internal static partial int Shutdown(int descriptor, int how);

    // SAFETY: writes one int that outlives the call. The socket's count is read without a wait, so the collector can wait.
    [LibraryImport("libc", EntryPoint = "ioctl"), SuppressGCTransition]
    internal static partial int Control(int descriptor, nuint request, int* value);

    // SAFETY: the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    // SAFETY: reads one event that outlives the call.
    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int operation, int descriptor, byte* wanted);

    /// <summary>What is wanted of a descriptor in an epoll, and what that says of it then.</summary>
    internal static Errno EpollControl(int epoll, int operation, int descriptor, uint wanted, ulong data)
    {
        Span<byte> interest = stackalloc byte[16];
        BitConverter.TryWriteBytes(interest, wanted);
        BitConverter.TryWriteBytes(interest[EpollLayout.Data..], data);
        fixed (byte* at = interest)
            return EpollControl(epoll, operation, descriptor, at) == 0 ? Errno.None : LastError;
    }

    // SAFETY: writes at most count events of 12 (x86-64) or 16 bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int EpollWait(int epoll, byte* ready, int count, int milliseconds);

    // SAFETY: writes two ints that outlive the call; the results are the caller's to close.
    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    // SAFETY: copies the path; writes 256 bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Stat(int descriptor, string path, int flags, uint mask, byte* facts);

    // SAFETY: reads and writes one entry that outlives the call.
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entry, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Ready;
    }

    /// <summary>Whether a write would not wait.</summary>
    internal static bool HasRoom(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Wanted = PollOut };
        return Poll(&entry, 1, 0) == 1 && (entry.Ready & PollOut) != 0;
    }

    /// <summary>Waits until nobody has the other end any more, or time is up.</summary>
    /// <returns>Whether that is so.</returns>
    internal static bool AwaitHangUp(int descriptor, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = descriptor };
        int ready;
        while ((ready = Poll(&entry, 1, milliseconds)) < 0 && LastError == Errno.EINTR)
        {
            // The end of a program is a signal, to any thread.
        }

        return ready > 0;
    }

    // SAFETY: the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    // SAFETY: reads length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, void* bytes, nuint length);

    // SAFETY: writes at most length bytes that outlive the call.
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, void* bytes, nuint length);

    // SAFETY: no memory.
    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(int descriptor, long offset, int whence);

    // SAFETY: the descriptor is the caller's and is not used again.
    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    // SAFETY: a new mapping where the kernel likes.
    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    // SAFETY: nobody reads or writes the range afterwards.
    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    // SAFETY: the word is mapped; waking touches nothing else.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d);

    // SAFETY: copies the path.
    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeMode(string path, uint mode);

    // SAFETY: copies the path; the result is the caller's to close.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    // SAFETY: no memory.
    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    /// <summary>The same file for reading only: its mappings cannot be made writable. -1 where there is no room for it.</summary>
    internal static int OpenForReading(int descriptor) => Open($"/proc/self/fd/{descriptor}", CloseOnExec);

    /// <summary>The same file once more, with an access mode of its own. -1 where there is no room for it.</summary>
    internal static int OpenAgain(int descriptor, int accessMode) => Open($"/proc/self/fd/{descriptor}", accessMode | CloseOnExec);

    /// <summary>Whether it only names a file (O_PATH).</summary>
    internal static bool IsPath(int descriptor) => (Hardware.Native.Libc.Control(descriptor, GetFlags, 0) & PathOnly) != 0;

    internal static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Wakes who sleeps on a word that other processes share.</summary>
    internal static void Wake(void* word) => Call(IsArm ? 98 : 202, (nint)word, FutexWake, 1, 0);

    /// <summary>Readable when the process is dead; -1 where it cannot be had.</summary>
    internal static int OpenProcess(int id) => id <= 0 ? -1 : (int)Call(434, id, 0, 0, 0);

    /// <summary>Bytes of an epoll event, and where its 64 bits of data are: packed on x86-64 alone.</summary>
    internal static (int Size, int Data) EpollLayout => IsArm ? (16, 8) : (12, 4);
}
