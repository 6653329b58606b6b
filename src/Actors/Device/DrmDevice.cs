using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>
/// A DRM device (/cardN): owns the mode-setting state, who is master, and which files are open; publishes what files may read in its
/// <see cref="DeviceView"/>. Its parts stand beside this file: Files (open, close, master), Modes (commits, framebuffers), Probing
/// (connectors) and Console.
/// <code>allocated --RegisterDevice--> open --UnplugDevice--> gone --last file closed--> stopped</code>
/// </summary>
internal sealed partial class DrmDevice : DrmActor
{
    private readonly DeviceSetup _setup;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly DeviceView _view;
    private readonly CommitQueue _commits;
    private readonly List<IActorRef> _unplugAskers = [];
    private readonly HashSet<int> _lostPipes = [];

    // Display controllers that have not yet gone silent while unplugging, by index.
    private readonly HashSet<int> _loudPipes = [];
    private bool _registered;

    private DrmDevice(DeviceSetup setup)
    {
        _setup = setup = setup with { Descriptors = setup.Descriptors ?? new(), Contexts = setup.Contexts ?? new() };
        var gem = Context.ActorOf(GemCore.Props(setup), SupervisionPolicy.GemCore);
        _view = new DeviceView(setup, Self, gem);
        _commits = new CommitQueue(setup.Clock, Self);
    }

    public static Props Props(DeviceSetup setup) => ActorProps.Of(() => new DrmDevice(setup));

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionPolicy.OfDevice;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FileCall call:
                OnFileCall(call);
                break;
            case Latched latched:
                PassOn(latched.News);
                _commits.Latched(_view.State.Config.Find(latched.Crtc)!.Index, latched.CommitId, latched.Time, latched.Errno);
                break;
            case FencesCame came:
                _commits.FencesCame(came.CommitId);
                break;
            case InterruptWait interrupt:
                _commits.Interrupt(interrupt.Caller);
                break;
            case FileNews news:
                PassOn(news);
                break;
            case OpenFramebuffer open:
                OpenBuffers(open);
                break;
            case OpenCard open:
                Open(open);
                break;
            case FileClosing closing:
                BeginClose(closing.FileId, Sender);
                break;
            case CaptureFrame capture:
                ToPipe(capture, capture.Crtc);
                break;
            case CaptureLast last:
                ToPipe(last, last.Index);
                break;
            case KeepPictures:
                foreach (var pipe in _view.Pipes)
                    pipe.Tell(message);
                Sender.Tell(Done.Ok);
                break;
            case NextFrame next:
                ToPipe(next, next.Crtc);
                break;
            case ViewCard:
                Sender.Tell(Reply<CardView>.Success(new CardView(_setup.Board, _view)));
                break;
            case ForceConnector force:
                Force(force);
                break;
            case OverrideEdid wanted:
                Sender.Tell(Result(Override(wanted)));
                break;
            case PlugCard plug:
                Plug(plug);
                break;
            case AddPort add:
                AddPort(add);
                break;
            case RemovePort remove:
                RemovePort(remove);
                break;
            case SetLink link:
                SetLink(link);
                break;
            case Terminated dead when _view.Pipes.IndexOf(dead.ActorRef) is >= 0 and var index:
                LosePipe(index);
                break;
            case Terminated dead when _sockets.IndexOf(dead.ActorRef) is >= 0 and var index:
                LoseSocket(index);
                break;
            case Terminated dead:
                BeginClose(IdOf(dead.ActorRef), ActorRefs.Nobody);
                break;
            case FileObjectsReleased released:
                FinishClose(released.FileId);
                break;
            case SocketProbed probed:
                Probed(probed);
                break;
            case HotplugDetected hotplug when _polling:
                Probe(hotplug.Connector, ActorRefs.Nobody);
                break;
            case ObjectCreated created:
                LightConsole(created);
                break;
            default:
                if (!OnFault(message) && !OnBringUp(message))
                    Unhandled(message);
                break;
        }
    }

    internal override IEnumerable<(string Name, object Value)> Facts() => DeviceFacts.Of(_view).Concat(_commits.Facts());

    /// <summary>Also after a crash: nobody is left waiting for a device that has ended.</summary>
    protected override void PostStop()
    {
        _view.Gone = true;
        FailProbes(_ => true);
        foreach (var file in _files.Values)
            file.Closer.Tell(Done.Ok);
        foreach (var (_, opener) in _waitingOpens)
            opener.Tell(Reply<CardOpened>.Failed(Errno.ENODEV));
        _waitingOpens.Clear();
        // Also what waits behind a commit.
        for (var i = 0; i < _view.Pipes.Length; i++)
            _commits.Lose(i);
        _commits.RetryAll();
    }

    private void ToPipe(IIoctl call, CrtcId id)
    {
        if (!_registered)
            Sender.Tell(call.Fail(Errno.ENODEV));
        else if (_view.State.Config.Find(id) is not { } crtc)
            Sender.Tell(call.Fail(Errno.ENOENT));
        else
            _view.Pipes[crtc.Index].Forward(call);
    }

    private void ToPipe(IIoctl call, int index)
    {
        if (!_registered)
            Sender.Tell(call.Fail(Errno.ENODEV));
        else if ((uint)index >= (uint)_view.Pipes.Length)
            Sender.Tell(call.Fail(Errno.ENOENT));
        else
            _view.Pipes[index].Forward(call);
    }

    private void Plug(PlugCard plug)
    {
        if (!_registered)
        {
            Sender.Tell(Result(Errno.ENODEV));
        }
        else if (_view.State.Config.Find(plug.Connector) is not { } connector)
        {
            Sender.Tell(Result(Errno.ENOENT));
        }
        else
        {
            _sockets[connector.Index].Tell(plug.Monitor);
            Sender.Tell(Done.Ok);
        }
    }
}
