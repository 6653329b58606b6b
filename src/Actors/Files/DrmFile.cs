using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>
/// One open of a card (/cardN/file-ID): handle table, event queue, capabilities, mappings. Each ioctl is checked for the right to call
/// it, then answered from the device's snapshot, or passed on with its sender, who is then answered by whoever did it.
/// A closed file stays as long as one of its mappings does, and with it master and framebuffers.
/// <code>open --close, no mapping--> closing --device has taken it back--> stopped
/// open --close--> mapped --last munmap--> closing</code>
/// </summary>
internal sealed partial class DrmFile : DrmActor
{
    private readonly DeviceView _view;
    private readonly ulong _id;
    private readonly Credentials _credentials;
    private readonly EventQueue _events = new();
    private readonly Queue<(IActorRef Reader, int Length)> _readers = new();
    private readonly ClientCaps _caps = new();
    private bool _authenticated;
    private bool _closed;

    private DrmFile(DeviceView view, ulong id, Credentials credentials, bool authenticated)
    {
        _view = view;
        _id = id;
        _credentials = credentials;
        _authenticated = authenticated;
    }

    public static Props Props(DeviceView view, ulong id, Credentials credentials, bool authenticated) =>
        ActorProps.Of(() => new DrmFile(view, id, credentials, authenticated));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IIoctl call:
                OnCall(call);
                break;
            case ObjectCreated created:
                _handles.Set(created.Handle, created.Object);
                break;
            case DeliverEvent deliver:
                _events.Add(deliver.Event);
                ServeReaders();
                break;
            case ReleaseEventSpace release:
                _events.Release(release.Length);
                break;
            case ObjectMapped mapped:
                FinishMap(mapped);
                break;
            case Authenticated:
                _authenticated = true;
                break;
            case DeviceGone:
                FailReaders(Errno.ENODEV);
                break;
            case FileReleased:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Nobody is left reading a file that ends without a close.</summary>
    protected override void PostStop() => FailReaders(Errno.ENODEV);

    private void OnCall(IIoctl call)
    {
        var errno = call is CloseFile or Munmap ? Errno.None : Refusal(call);
        if (errno != Errno.None)
        {
            Sender.Tell(call.Fail(errno));
            return;
        }

        switch (call)
        {
            case ModeCreateDumb create: CreateDumb(create); break;
            case GemClose close: CloseHandle(close.Handle, close.Pad); break;
            case ModeDestroyDumb destroy: CloseHandle(destroy.Handle, pad: 0); break;
            case ModeMapDumb map: MapDumb(map); break;
            case Mmap map: Map(map); break;
            case Munmap unmap: Unmap(unmap); break;
            case ModePageFlip flip: ToDevice(flip, wantsEvent: flip.Flags.HasFlag(PageFlipFlags.Event)); break;
            case WaitVblank wait: WaitForVblank(wait); break;
            case ReadEvents read: Read(read); break;
            case ModeAddFb add: AddFramebuffer(FramebufferCheck.Widen(add)); break;
            case ModeAddFb2 add: AddFramebuffer(add); break;
            case ModeGetConnector { Probe: true } get when _view.Master == _id:
                ToDevice(new ProbeConnector(get.Connector, _caps.OfModes), wantsEvent: false);
                break;
            case CloseFile: Close(); break;
            default:
                if (Answer(call) is { } reply)
                    Sender.Tell(reply);
                else
                    ToDevice(call, wantsEvent: false);
                break;
        }
    }

    /// <summary>The reads that need nobody else; null for a call that the device decides.</summary>
    private object? Answer(IIoctl call) => call switch
    {
        GetVersion => Reply<DriverVersion>.Success(_view.Driver.Version),
        GetUnique => Reply<UniqueName>.Success(new UniqueName(_view.Unique)),
        GetClient client => client.Index == 0
            ? Reply<ClientInfo>.Success(new ClientInfo(_authenticated, _credentials.ProcessId, _credentials.UserId))
            : Reply<ClientInfo>.Failed(Errno.EINVAL),
        GetStats => Done.Ok,
        GetCap get => Capabilities.Read(get.Capability),
        SetClientCap set => _caps.Set(set),
        ModeGetResources => Reply<ModeResources>.Success(ModeQueries.Resources(_view.State, _id)),
        ModeGetCrtc get => ModeQueries.Crtc(_view.State, get.Crtc),
        ModeGetConnector get => ModeQueries.Connector(_view.State, get.Connector, _caps.OfModes),
        ModeGetEncoder get => ModeQueries.Encoder(_view.State, get.Encoder),
        _ => null,
    };

    // The kernel's order: gone, closed, rights, feature; the fields come after.
    private Errno Refusal(IIoctl call)
    {
        if (_closed)
            return Errno.EBADF;
        if (_view.Gone)
            return Errno.ENODEV;
        var rights = new CallerRights(_authenticated, _view.Master == _id, _credentials.IsRoot, RenderNode: false);
        return IoctlTable.Admit(call, rights, _view.Features);
    }

    private void ToDevice(IIoctl call, bool wantsEvent)
    {
        var reserved = wantsEvent && _events.TryReserve(VblankEvent.Bytes);
        _view.Device.Forward(new FileCall(_id, Self, call, reserved));
    }

    private void WaitForVblank(WaitVblank wait)
    {
        var errno = VblankRequest.FindPipe(_view.State, wait, out var index);
        if (errno == Errno.None && wait.Flags.HasFlag(VblankFlags.Event) && !_events.TryReserve(VblankEvent.Bytes))
            errno = Errno.ENOMEM;
        if (errno == Errno.None)
            _view.Pipes[index].Forward(new VblankWait(Self, wait));
        else
            Sender.Tell(((IIoctl)wait).Fail(errno));
    }

    private void Read(ReadEvents read)
    {
        if (_events.IsEmpty && read.NonBlocking)
        {
            Sender.Tell(Reply<EventBatch>.Failed(Errno.EAGAIN));
            return;
        }

        // Bounded by the client's own threads: each read is one of them, waiting.
        _readers.Enqueue((Sender, read.Length));
        ServeReaders();
    }

    private void ServeReaders()
    {
        while (!_events.IsEmpty && _readers.TryDequeue(out var next))
            next.Reader.Tell(Reply<EventBatch>.Success(new EventBatch(_events.Take(next.Length))));
    }

    private void FailReaders(Errno errno)
    {
        while (_readers.TryDequeue(out var next))
            next.Reader.Tell(Reply<EventBatch>.Failed(errno));
    }

    private void Close()
    {
        if (_closed)
        {
            Sender.Tell(Reply<Done>.Failed(Errno.EBADF));
            return;
        }

        _closed = true;
        FailReaders(Errno.EBADF);
        if (_mappings.Count == 0)
            _view.Device.Forward(new FileClosing(_id));
        else
            Sender.Tell(Done.Ok);
    }
}
