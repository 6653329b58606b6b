using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

// Vblanks that are waited for, and events that are read.
internal sealed partial class DrmFile
{
    private void WaitForVblank(WaitVblank wait)
    {
        var errno = VblankRequest.FindPipe(_view.State, wait, _self.Lease, out var index);
        if (errno == Errno.None)
            _view.Pipes[index].Forward(new VblankWait(Self, wait, wait.Flags.HasFlag(VblankFlags.Event) && _events.TryReserve(VblankEvent.Bytes)));
        else
            Sender.Tell(((IIoctl)wait).Fail(errno));
    }

    private void ReadSequence(CrtcGetSequence get)
    {
        var errno = VblankRequest.FindPipe(_view.State, get.Crtc, SequenceFlags.None, out var index);
        if (errno == Errno.None)
            _view.Pipes[index].Forward(SequenceRead.Instance);
        else
            Sender.Tell(Reply<CrtcSequence>.Failed(errno));
    }

    private void QueueSequence(CrtcQueueSequence queue)
    {
        var errno = VblankRequest.FindPipe(_view.State, queue.Crtc, queue.Flags, out var index);
        if (errno == Errno.None && !_events.TryReserve(VblankEvent.Bytes))
            errno = Errno.ENOMEM;
        if (errno == Errno.None)
            _view.Pipes[index].Forward(new SequenceWait(Self, queue));
        else
            Sender.Tell(Reply<SequenceQueued>.Failed(errno));
    }

    private void Read(ReadEvents read)
    {
        if (_events.IsEmpty && read.NonBlocking)
        {
            Sender.Tell(Reply<EventBatch>.Failed(Errno.EAGAIN));
            return;
        }

        // Bounded by the client's own threads: each read is one of them, waiting.
        _readers.Add((Sender, read.Length));
        ServeReaders();
    }

    private void ServeReaders()
    {
        var served = 0;
        for (; !_events.IsEmpty && served < _readers.Count; served++)
            _readers[served].Reader.Tell(Reply<EventBatch>.Success(new EventBatch(_events.Take(_readers[served].Length))));
        _readers.RemoveRange(0, served);
    }

    private void Interrupt()
    {
        if (_readers.FindIndex(r => r.Reader.Equals(Sender)) is >= 0 and var i)
        {
            _readers.RemoveAt(i);
            Sender.Tell(Reply<EventBatch>.Failed(Errno.EINTR));
            return;
        }

        if (_syncobjs.Interrupt(Sender))
            return;
        var interrupt = new InterruptWait(Sender);
        foreach (var pipe in _view.Pipes)
            pipe.Tell(interrupt);
        _view.Device.Tell(interrupt);
    }

    private void FailReaders(Errno errno)
    {
        foreach (var next in _readers)
            next.Reader.Tell(Reply<EventBatch>.Failed(errno));
        _readers.Clear();
    }
}
