using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Descriptors;

/// <summary>
/// The calls of a host on descriptors that are no card's (/user/descriptors), and its waits for sync files. Each wait ends by the signal, its time, or
/// its caller.
/// </summary>
internal sealed class DescriptorDesk : DrmActor, IAlarmSink
{
    public const string Name = "descriptors";

    private readonly DescriptorTable _descriptors;
    private readonly AlarmClock _clock;
    private readonly IActorRef _self;

    // Bounded by the callers: each entry is one of their pending calls.
    private readonly SortedDictionary<ulong, Pending> _waits = [];
    private ulong _lastOwn;

    private DescriptorDesk(DescriptorTable descriptors, AlarmClock clock)
    {
        _descriptors = descriptors;
        _clock = clock;
        _self = Self;
    }

    public static Props Props(DescriptorTable descriptors, AlarmClock clock) => ActorProps.Of(() => new DescriptorDesk(descriptors, clock));

    void IAlarmSink.Ring(long due, long cookie) => _self.Tell(new WaitEnds((ulong)cookie, Errno.ETIME), ActorRefs.NoSender);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IDescriptorCall { Call: DmaBufSync sync } call when _descriptors.Find(call.Descriptor) is DmaBuf buffer:
                Sync(buffer, sync, call.Wait);
                break;
            case InterruptCall:
                foreach (var (id, _) in _waits.Where(w => w.Value.Caller.Equals(Sender)).ToList())
                    End(id, Errno.EINTR);
                break;
            case IDescriptorCall call when _descriptors.Find(call.Descriptor) is { } description:
                description.Take(call.Call, Sender);
                break;
            case IDescriptorCall call:
                Sender.Tell(call.Fail(Errno.EBADF));
                break;
            case WaitForSync wait:
                Wait(wait);
                break;
            case GiveUpSync give:
                End(give.Wait, Errno.EINTR);
                break;
            case WaitEnds ends:
                End(ends.Wait, ends.Errno);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal override IEnumerable<(string Name, object Value)> Facts()
    {
        foreach (var (id, wait) in _waits)
            yield return ($"wait {id}", $"for {wait.Fence.Timeline} {wait.Fence.Sequence}");
    }

    protected override void PostStop()
    {
        foreach (var id in _waits.Keys.ToList())
            End(id, Errno.ENODEV);
    }

    private void Wait(WaitForSync wait)
    {
        var errno = SyncFile.Find(_descriptors, wait.Descriptor, out var fence);
        if (errno == Errno.None && !fence!.IsSignaled && wait.Until <= _clock.Now)
            errno = Errno.ETIME;
        var node = errno == Errno.None ? fence!.Wait(new TellWhenSignaled(_self, new WaitEnds(wait.Wait, Errno.None))) : null;
        if (node is null)
        {
            Sender.Tell(errno == Errno.None ? Done.Ok : Reply<Done>.Failed(errno));
            return;
        }

        var alarm = wait.Until == long.MaxValue ? null : _clock.SetAlarm(wait.Until, this, (long)wait.Wait);
        _waits.Add(wait.Wait, new Pending(Sender, fence!, node, alarm));
    }

    private void Sync(DmaBuf buffer, DmaBufSync sync, ulong wait)
    {
        var errno = buffer.Sync(sync, out var fence);
        // A caller without a number for its wait has one of ours, out of the way of theirs.
        var id = wait == 0 ? --_lastOwn : wait;
        var node = fence?.Wait(new TellWhenSignaled(_self, new WaitEnds(id, Errno.None)));
        if (node is null)
            Sender.Tell(errno == Errno.None ? Done.Ok : Reply<Done>.Failed(errno));
        else
            _waits.Add(id, new Pending(Sender, fence!, node, Alarm: null));
    }

    private void End(ulong id, Errno errno)
    {
        if (!_waits.Remove(id, out var wait))
            return;
        wait.Fence.Forget(wait.Node);
        wait.Alarm?.Cancel();
        wait.Caller.Tell(errno == Errno.None ? Done.Ok : Reply<Done>.Failed(errno));
    }

    private sealed record WaitEnds(ulong Wait, Errno Errno);

    private sealed record Pending(IActorRef Caller, Fence Fence, LinkedListNode<IFenceWaiter> Node, Alarm? Alarm);
}
