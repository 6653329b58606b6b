using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Syncobjs;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>
/// One open of a card (/cardN/file-ID): handle table, event queue, capabilities, mappings, syncobjs. Each ioctl is checked for the right to call
/// it, then answered from the device's snapshot, or passed on with its sender, who is then answered by whoever did it.
/// A closed file stays as long as one of its mappings does, and with it master and framebuffers.
/// <code>open --close, no mapping--> closing --device has taken it back--> stopped
/// open --close--> mapped --last munmap--> closing</code>
/// </summary>
internal sealed partial class DrmFile : DrmActor
{
    private readonly DeviceView _view;
    private readonly FileView _self;
    private readonly EventQueue _events;
    private readonly bool _isBridged;
    private readonly List<(IActorRef Reader, int Length)> _readers = [];
    private readonly FileSyncobjs _syncobjs;
    private readonly VgemFences _fences;

    private DrmFile(DeviceView view, FileView self, IEventSink? sink)
    {
        _view = view;
        _self = self;
        _isBridged = sink is not null;
        _events = new EventQueue(sink);
        _syncobjs = new FileSyncobjs(view, Self);
        _fences = new VgemFences(view);
        _self.Syncobjs = _syncobjs;
    }

    /// <param name="self">Published by this actor from now on.</param>
    /// <param name="sink">Where the reader is another process; null for reads by calls.</param>
    public static Props Props(DeviceView view, FileView self, IEventSink? sink = null) =>
        ActorProps.Of(() => new DrmFile(view, self, sink));

    private ulong Id => _self.Id;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IIoctl call:
                OnCall(call);
                if (call is not Munmap)
                    _self.CountHandled();
                break;
            case CommitAgain again:
                OnCall(again.Call);
                break;
            case ObjectCreated created:
                _handles.Set(created.Handle, created.Object);
                if (_freedTwice == created.Handle && _view.Driver.Planted == PlantedBug.HandleFreedTwice)
                    _handles.Set(_freedTwice, null);
                break;
            case DeliverEvent deliver:
                _events.Add(deliver.Event);
                ServeReaders();
                break;
            case InterruptCall:
                Interrupt();
                break;
            case CallAnswer answer:
                answer.Caller.Tell(answer.Reply);
                break;
            case ReleaseEventSpace release:
                _events.Release(release.Length);
                break;
            case HandleOpened opened:
                if (!TryFinishImport(opened))
                    FinishOpening(opened);
                break;
            case ObjectMapped mapped:
                FinishMap(mapped);
                break;
            case FinishTransfer transfer when _self.Closed || _view.Gone:
                transfer.Caller.Tell(Reply<Done>.Failed(_self.Closed ? Errno.EBADF : Errno.ENODEV));
                break;
            case FinishTransfer transfer:
                _syncobjs.Finish(transfer);
                break;
            case AbandonCall abandon:
                _syncobjs.Abandon(abandon.Call);
                break;
            case DeviceGone:
                FailReaders(Errno.ENODEV);
                _syncobjs.EndWaits(Errno.ENODEV);
                _events.End();
                break;
            case FileReleased:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal override IEnumerable<(string Name, object Value)> Facts()
    {
        foreach (var (handle, reference) in _handles.Held)
            yield return (handle.ToString(), $"object {reference.Id}");
        foreach (var (handle, buffer) in _prime.All)
            yield return ($"{handle} as", buffer);
        foreach (var (id, reference) in _mappings)
            yield return ($"mapping {id}", $"object {reference.Id}");
        if (_events.Count > 0)
            yield return ("events", _events.Count);
        if (_events.Reserved > 0)
            yield return ("events to come", _events.Reserved / VblankEvent.Bytes);
        if (_readers.Count > 0)
            yield return ("readers", _readers.Count);
        foreach (var (handle, syncobj) in _syncobjs.Held)
            yield return (handle.ToString(), syncobj.Fence is { } fence ? $"{fence.Timeline} {fence.Context}.{fence.Sequence}" : "no fence");
        if (_syncobjs.Waiting > 0)
            yield return ("waits", _syncobjs.Waiting);
        if (_fences.Count > 0)
            yield return ("fences attached", _fences.Count);
        if (_self.Closed)
            yield return ("closed", "yes");
    }

    /// <summary>Nobody is left waiting for a file that ends without a close.</summary>
    protected override void PostStop()
    {
        _self.Ended = true;
        FailReaders(Errno.ENODEV);
        _syncobjs.EndWaits(Errno.ENODEV);
        _events.End();
        FailOpenings(Errno.ENODEV);
        FailImports(Errno.ENODEV);
        _fences.EndAll();
        NoteImports();
    }

    private void OnCall(IIoctl call)
    {
        var errno = _self.Refusal(call);
        if (errno == Errno.None)
            errno = _self.Hidden(call);
        if (errno == Errno.None)
            errno = _view.Faults.Of(call, _view.Minor);
        if (errno != Errno.None)
        {
            Sender.Tell(call.Fail(errno));
            return;
        }

        // First what comes most often.
        switch (call)
        {
            case ModeAtomic atomic: Commit(atomic); break;
            case ModeCreateDumb create: CreateDumb(create); break;
            case GemClose close: CloseHandle(close.Handle, close.Pad); break;
            case ModeDestroyDumb destroy: CloseHandle(destroy.Handle, pad: 0); break;
            case ModeMapDumb map: MapDumb(map); break;
            case GemFlink flink: FlinkHandle(flink); break;
            case GemOpen open: OpenName(open); break;
            case PrimeHandleToFd export: Export(export); break;
            case PrimeFdToHandle import: ImportBuffer(import); break;
            case ModeGetFb get: GetFramebuffer(get); break;
            case ModeGetFb2 get: GetFramebuffer(get); break;
            case Mmap map: Map(map); break;
            case Munmap unmap: Unmap(unmap); break;
            case ModePageFlip flip: Flip(flip); break;
            case WaitVblank wait: WaitForVblank(wait); break;
            case CrtcGetSequence get: ReadSequence(get); break;
            case CrtcQueueSequence queue: QueueSequence(queue); break;
            case ReadEvents read: Read(read); break;
            case ModeAddFb add: AddFramebuffer(FramebufferCheck.Widen(add)); break;
            case ModeAddFb2 add: AddFramebuffer(add); break;
            case ModeCursor cursor: ShowCursor(cursor.Widen()); break;
            case ModeCursor2 cursor: ShowCursor(cursor); break;
            case SetClientCap set: SetCap(set); break;
            case SetClientName name: Sender.Tell(Name(name)); break;
            case ModeGetConnector { Probe: true } get when _self.IsMaster:
                ToDevice(new ProbeConnector(get.Connector, _self.Caps.OfModes), wantsEvent: false);
                break;
            case VgemFenceAttach attach: Sender.Tell(_fences.Attach(attach, _handles)); break;
            case VgemFenceSignal signal: Sender.Tell(_fences.Signal(signal)); break;
            case AdviseObject advise: Advise(advise); break;
            case ReadMemory: Sender.Tell(Reply<FileMemory>.Success(Measure())); break;
            case CloseFile: Close(); break;
            default:
                if (_self.Read(call) is { } reply)
                    Sender.Tell(reply);
                else if (!_syncobjs.TryHandle(call, Sender))
                    ToDevice(call, wantsEvent: false);
                break;
        }
    }

    private void SetCap(SetClientCap set) => Sender.Tell(_self.Caps.Set(
        set, _view.State.Config.CursorHotspot, _view.Features.HasFlag(DriverFeatures.Atomic), set.Caller ?? _self.Credentials.Name));

    private Reply<Done> Name(SetClientName set)
    {
        var errno = ClientName.Check(set.Name);
        if (errno == Errno.None)
            _self.Name = set.Name;
        return errno == Errno.None ? Done.Ok : Reply<Done>.Failed(errno);
    }

    private void ToDevice(IIoctl call, bool wantsEvent) => _view.Device.Forward(CallOf(call, wantsEvent));

    private FileCall CallOf(IIoctl call, bool wantsEvent)
    {
        var reserved = wantsEvent && _events.TryReserve(VblankEvent.Bytes);
        return new FileCall(Id, Self, call, reserved ? 1 : 0);
    }

    // Whether the vblank that it names can be had, the display controller knows.
    private void Flip(ModePageFlip flip)
    {
        var call = CallOf(flip, wantsEvent: flip.Flags.HasFlag(PageFlipFlags.Event));
        if (PageFlipCheck.HasTarget(_view.State.Config, flip, out var crtc))
            _view.Pipes[crtc!.Index].Forward(new AimedFlip(call, flip));
        else
            _view.Device.Forward(call);
    }

    // How many events it is to have space for, only its properties say. Should the device find that it is more by then, the call comes again.
    private void Commit(ModeAtomic atomic)
    {
        if (_self.Read(atomic) is { } reply)
        {
            Sender.Tell(reply);
            return;
        }

        var events = 0;
        if (atomic.Flags.HasFlag(AtomicFlags.PageFlipEvent))
        {
            var errno = AtomicRequest.Parse(_view.State, atomic, _self.Lease, out var draft, out var fences, _view.IsSyncFile);
            if (errno == Errno.None)
                errno = AtomicRequest.Signal(draft, atomic);
            events = draft.Crtcs.Count;
            if (errno == Errno.None && !_events.TryReserve(events * VblankEvent.Bytes))
                errno = Errno.ENOMEM;
            if (errno != Errno.None)
            {
                Sender.Tell(AtomicRequest.Answer(errno, fences));
                return;
            }
        }

        _view.Device.Forward(new FileCall(Id, Self, atomic, events));
    }

    private void Close()
    {
        if (_self.Closed)
        {
            Sender.Tell(Reply<Done>.Failed(Errno.EBADF));
            return;
        }

        _self.Closed = true;
        FailReaders(Errno.EBADF);
        _syncobjs.EndWaits(Errno.EBADF);
        // The last descriptor of another process is gone, and its mappings kept one: they are gone before.
        if (_isBridged)
            DropMappings();
        if (_mappings.Count > 0)
        {
            Sender.Tell(Done.Ok);
            return;
        }

        _fences.EndAll();
        NoteImports();
        _view.Device.Forward(new FileClosing(Id));
    }
}
