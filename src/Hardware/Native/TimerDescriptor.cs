using DrmActors.Messages;
using Microsoft.Win32.SafeHandles;

namespace DrmActors.Hardware.Native;

/// <summary>
/// A timerfd on CLOCK_MONOTONIC: one thread waits, any thread sets when it expires. The kernel starts such timers
/// without the slack (50 us by default) that it grants to sleeping threads.
/// </summary>
internal sealed unsafe class TimerDescriptor : SafeHandleMinusOneIsInvalid
{
    internal TimerDescriptor()
        : base(ownsHandle: true)
    {
        SetHandle(Libc.TimerCreate(Libc.ClockMonotonic, Libc.TimerCloseOnExec));
        if (IsInvalid)
            throw Libc.Unexpected("timerfd_create");
    }

    /// <summary>Expires once at the absolute time <paramref name="due"/> (ns), at once when that has passed. Replaces the setting before.</summary>
    internal void Set(long due)
    {
        // Zero would disarm it.
        due = Math.Max(due, 1);
        var spec = new Libc.TimerSpec
        {
            Value = new() { Seconds = due / SystemTime.Second, Nanoseconds = due % SystemTime.Second },
        };
        // SAFETY: spec is a local; the owner sets no timer that it has disposed of.
        if (Libc.TimerSet((int)handle, Libc.TimerAbsolute, &spec, null) != 0)
            throw Libc.Unexpected("timerfd_settime");
    }

    /// <summary>Blocks until it has expired.</summary>
    internal void Wait()
    {
        ulong expirations;
        // SAFETY: eight bytes into a local of eight bytes; the waiting thread itself closes the descriptor, after its last wait.
        while (Libc.Read((int)handle, &expirations, sizeof(ulong)) < 0)
        {
            if (Libc.LastError != Errno.EINTR)
                throw Libc.Unexpected("read of a timerfd");
        }
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
