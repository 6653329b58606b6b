using DrmActors.Actors.Device;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>
/// The fences that a file has attached to buffers by hand. Their numbers are used once. Of the file's actor alone, but for the clock, which signals what
/// has waited for too long.
/// <code>attached --signal, time-out, end of the file--> signalled</code>
/// </summary>
internal sealed class VgemFences(DeviceView view)
{
    private const string Driver = "vgem";
    private const string Timeline = "unbound";

    // The time of one who has died, or waits for himself.
    private const long TimeOut = 10_000_000_000;

    private readonly Dictionary<uint, Attached> _attached = [];
    private uint _last;

    public int Count => _attached.Count;

    public Reply<VgemFenceAttached> Attach(VgemFenceAttach attach, HandleTable handles)
    {
        if ((attach.Flags & ~VgemFenceAttach.Write) != 0 || attach.Pad != 0)
            return Reply<VgemFenceAttached>.Failed(Errno.EINVAL);
        if (handles.Find(attach.Handle) is not { Reservation: var reservation })
            return Reply<VgemFenceAttached>.Failed(Errno.ENOENT);
        var isWrite = attach.Flags == VgemFenceAttach.Write;
        if (!reservation.IsIdle(Reservation.NeededBy(isWrite)))
            return Reply<VgemFenceAttached>.Failed(Errno.EBUSY);
        var attached = new Attached(view.Clock, new Fence(Driver, Timeline, view.Contexts.Next(), sequence: 1));
        _attached.Add(++_last, attached);
        reservation.Add(attached.Fence, isWrite ? FenceUsage.Write : FenceUsage.Read);
        return Reply<VgemFenceAttached>.Success(new VgemFenceAttached(_last));
    }

    public Reply<Done> Signal(VgemFenceSignal signal)
    {
        if (signal.Flags != 0)
            return Reply<Done>.Failed(Errno.EINVAL);
        if (!_attached.Remove(signal.Fence, out var attached))
            return Reply<Done>.Failed(Errno.ENOENT);
        return attached.End() ? Done.Ok : Reply<Done>.Failed(Errno.ETIMEDOUT);
    }

    /// <summary>The file ends: nobody waits for it any more.</summary>
    public void EndAll()
    {
        foreach (var attached in _attached.Values)
            attached.End();
        _attached.Clear();
    }

    private sealed class Attached : IAlarmSink
    {
        private readonly AlarmClock _clock;
        private readonly Alarm _alarm;

        public Attached(AlarmClock clock, Fence fence)
        {
            (_clock, Fence) = (clock, fence);
            _alarm = clock.SetAlarm(clock.Now + TimeOut, this, cookie: 0);
        }

        public Fence Fence { get; }

        public void Ring(long due, long cookie) => Fence.Signal(due);

        /// <returns>False where its time had come before.</returns>
        public bool End()
        {
            _alarm.Cancel();
            return Fence.Signal(_clock.Now);
        }
    }
}
