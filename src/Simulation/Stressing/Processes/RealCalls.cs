using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Time;
using DrmActors.Messages;
using DrmActors.Simulation.Native;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>The system calls of a client of a real descriptor, each timed and counted by its answer.</summary>
internal sealed unsafe class RealCalls(AlarmClock clock)
{
    private static readonly Dictionary<string, nuint> Numbers =
        IoctlTable.Rows.Select(r => (Name: r.Name["DRM_IOCTL_".Length..], r.Number))
            .Concat(IoctlTable.DriverRows.Select(r => (Name: r.Name["DRM_IOCTL_".Length..], r.Number)))
            .Concat(IoctlTable.DescriptorRows.Select(r => (r.Name, r.Number)))
            .ToDictionary(r => r.Name, r => (nuint)r.Number.Value, StringComparer.Ordinal);

    private readonly Dictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _times = [];
    private long _max;

    /// <summary>The card; -1 for none.</summary>
    public int Card { get; private set; } = -1;

    /// <summary>The card is gone: it is to be closed, and another one looked for.</summary>
    public bool IsLost { get; private set; }

    public Errno Open(string path)
    {
        var errno = OpenOther(path, out var card);
        (Card, IsLost) = (card, false);
        return errno;
    }

    /// <summary>What is no card.</summary>
    public Errno OpenOther(string path, out int fd)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(path + "\0");
        var began = clock.Now;
        // SAFETY: the path ends with a 0.
        fixed (byte* name = bytes)
            fd = GlobalCalls.Open(name, GlobalCalls.ReadWrite | GlobalCalls.CloseOnExec);
        return Count(began, fd >= 0);
    }

    public Errno Close(int fd)
    {
        if (fd == Card)
            (Card, IsLost) = (-1, false);
        var began = clock.Now;
        return Count(began, GlobalCalls.Close(fd) == 0);
    }

    /// <param name="name">Without DRM_IOCTL_, where it begins so.</param>
    public Errno Ioctl<T>(string name, ref T argument, int? fd = null)
        where T : unmanaged
    {
        var began = clock.Now;
        // SAFETY: the number says how large the argument is; it is the struct of that number.
        fixed (T* pointer = &argument)
            return Count(began, GlobalCalls.Ioctl(fd ?? Card, Numbers[name], pointer) == 0);
    }

    public Errno Ioctl(string name)
    {
        var began = clock.Now;
        return Count(began, GlobalCalls.Ioctl(Card, Numbers[name], null) == 0);
    }

    /// <param name="fd">Null for the card.</param>
    public Errno Map(ulong offset, ulong length, out nint address, int? fd = null)
    {
        var began = clock.Now;
        address = GlobalCalls.Mmap(0, (nuint)length, GlobalCalls.ProtectionReadWrite, GlobalCalls.MapShared, fd ?? Card, (long)offset);
        return Count(began, address != GlobalCalls.MapFailed);
    }

    public Errno Unmap(nint address, ulong length)
    {
        var began = clock.Now;
        return Count(began, GlobalCalls.Munmap(address, (nuint)length) == 0);
    }

    /// <summary>read(2) of events: how many bytes came.</summary>
    public Errno Read(Span<byte> bytes, out int length)
    {
        var began = clock.Now;
        // SAFETY: no more than the span has.
        fixed (byte* pointer = bytes)
            length = (int)GlobalCalls.Read(Card, pointer, (nuint)bytes.Length);
        return Count(began, length >= 0);
    }

    /// <summary>The address of what an argument points at; whoever asks keeps it where it is.</summary>
    public static ulong AddressOf<T>(Span<T> pinned)
        where T : unmanaged => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));

    /// <summary>Writes both ends of a mapping.</summary>
    public static void Touch(nint address, ulong length)
    {
        // SAFETY: of a mapping that is there, of that length.
        Volatile.Write(ref *(byte*)address, 1);
        Volatile.Write(ref *(byte*)(address + (nint)length - 1), 1);
    }

    /// <summary>Since the last time.</summary>
    public StressDelta Take()
    {
        var delta = new StressDelta(new Dictionary<string, long>(_errors, StringComparer.Ordinal), new Dictionary<int, long>(_times), _max);
        _errors.Clear();
        _times.Clear();
        _max = 0;
        return delta;
    }

    private Errno Count(long began, bool ok)
    {
        var errno = ok ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        var time = clock.Now - began;
        IsLost |= errno == Errno.ENODEV && Card >= 0;
        CollectionsMarshal.GetValueRefOrAddDefault(_errors, errno.ToString(), out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(_times, LatencyHistogram.BucketOf(time), out _)++;
        _max = Math.Max(_max, time);
        return errno;
    }
}
