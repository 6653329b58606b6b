using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// Who waits for a vblank: callers, and files that get an event.
internal sealed partial class VopActor
{
    private void Wait(VblankWait wait)
    {
        var isEvent = wait.Call.Flags.HasFlag(VblankFlags.Event);
        if (!IsLit)
        {
            if (isEvent && wait.HasSpace)
                wait.File.Tell(new ReleaseEventSpace(VblankEvent.Bytes));
            Sender.Tell(Reply<VblankReply>.Failed(Errno.EINVAL));
            return;
        }

        var count = Count;
        var (at, passed, isBehind) = Aim(VblankRequest.Target(wait.Call, count, out var isNext), count);
        if (isEvent && !wait.HasSpace)
        {
            Sender.Tell(new Reply<VblankReply>(Errno.ENOMEM, new VblankReply((uint)at, 0, isNext)));
            return;
        }

        var waiter = new VblankWaiter(
            at,
            wait.File,
            isEvent ? null : Sender,
            wait.Call.UserData,
            isEvent ? long.MaxValue : _clock.Now + WaitLimit,
            isBehind,
            IsNext: isNext);
        Add(waiter, passed, isEvent ? Reply<VblankReply>.Success(new VblankReply((uint)waiter.Target, 0, isNext)) : null);
    }

    private void Queue(SequenceWait wait)
    {
        if (!IsLit)
        {
            wait.File.Tell(new ReleaseEventSpace(VblankEvent.Bytes));
            Sender.Tell(Reply<SequenceQueued>.Failed(Errno.EINVAL));
            return;
        }

        var count = Count;
        var (at, passed, isBehind) = Aim(VblankRequest.Target(wait.Call, count), count);
        var waiter = new VblankWaiter(
            at,
            wait.File,
            Caller: null,
            wait.Call.UserData,
            long.MaxValue,
            isBehind,
            IsSequence: true);
        Add(waiter, passed, Reply<SequenceQueued>.Success(new SequenceQueued(waiter.Target)));
    }

    private void Aim(AimedFlip aimed)
    {
        if (IsLit && PageFlipCheck.CanAim(aimed.Flip, Count))
        {
            _device.Forward(aimed.Call);
            return;
        }

        if (aimed.Call.HasEventSpace)
            aimed.Call.File.Tell(new ReleaseEventSpace(VblankEvent.Bytes));
        Sender.Tell(Reply<Done>.Failed(Errno.EINVAL));
    }

    // The event of what has passed can be read when the call returns.
    private void Add(VblankWaiter waiter, bool passed, object? reply)
    {
        var answer = reply is null ? null : new CallAnswer(Sender, reply);
        if (passed)
        {
            Tell(waiter, waiter.Target, answer);
            if (_planted == PlantedBug.EventToldTwice && waiter.Caller is null)
                _waiters.Add(waiter);
            return;
        }

        _waiters.Add(waiter);
        if (answer is not null)
            _device.Tell(new FileNews(waiter.File, null, answer));
    }

    private void Wake(VblankWaiter waiter, long now)
    {
        if (waiter.Comes(_timeline) <= now)
            Tell(waiter, waiter.Caller is null ? waiter.Target : _timeline.CountAt(now));
        else
            waiter.Caller?.Tell(new Reply<VblankReply>(Errno.EBUSY, waiter.ReplyAt(_timeline.CountAt(now), _timeline)));
    }

    // Switching a CRTC off ends every wait for its vblanks with the count at which it stopped.
    private void WakeAll(ulong count)
    {
        foreach (var waiter in _waiters.TakeAll(w => w.Caller is null || _planted != PlantedBug.WaiterLostAtSwitchOff))
            Tell(waiter, count);
    }

    private void FailReaders()
    {
        foreach (var reader in _frameReaders)
            reader.Tell(Reply<FrameTaken>.Failed(Errno.ENODEV));
        _frameReaders.Clear();
    }

    private void Tell(VblankWaiter waiter, ulong count, CallAnswer? answer = null)
    {
        var time = _timeline.TimeOf(count);
        _device.Tell(waiter.Caller is { } caller
            ? new FileNews(waiter.File, null, new CallAnswer(caller, Reply<VblankReply>.Success(waiter.ReplyAt(count, _timeline))))
            : new FileNews(waiter.File, waiter.EventOf(_crtc, count, time), answer));
    }

    // What has passed is told with the count of now; a target too far behind to have passed will not come.
    private static (ulong At, bool Passed, bool IsBehind) Aim(ulong target, ulong count)
    {
        var passed = VblankRequest.HasPassed(target, count);
        return (passed ? count : target, passed, !passed && target < count);
    }
}
