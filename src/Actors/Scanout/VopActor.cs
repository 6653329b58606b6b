using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

/// <summary>
/// A display controller, which Rockchip calls a VOP: one CRTC with its planes, its vblank timer and its scan-out. It takes over a commit at the next
/// vblank, answers waits for vblanks, and shows on demand what the monitor would. The interrupt (an alarm on the clock) is on only
/// while a commit, a waiter or a reader needs it.
/// <code>dark --latch with a mode--> lit --latch without, or unplugged--> dark</code>
/// </summary>
internal sealed partial class VopActor : DrmActor
{
    // drm_wait_vblank gives up after three seconds.
    private const long WaitLimit = 3_000_000_000;

    private readonly VopDescription _vop;
    private readonly AddPipe _addPipe;
    private readonly AlarmClock _clock;
    private readonly FrameReader _reader;
    private readonly KeptPicture _kept;
    private readonly VblankWaiters _waiters = new();
    private readonly List<IActorRef> _frameReaders = [];
    private readonly VblankAlarm _alarm;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly PlantedBug _planted;

    private CrtcId _crtc;
    private CrtcState _state = CrtcState.Off;
    private ShownPicture _shown = ShownPicture.Nothing;
    private VblankTimeline _timeline;
    private ulong _darkCount;
    private (Latch Commit, ulong Count, IActorRef Device)? _pending;

    // Who lit the CRTC: nobody waits for one that was never lit.
    private IActorRef _device = ActorRefs.Nobody;

    private VopActor(VopDescription vop, AddPipe addPipe, Arena arena, AlarmClock clock, PlantedBug planted)
    {
        _planted = planted;
        _vop = vop;
        _addPipe = addPipe;
        _clock = clock;
        _reader = new FrameReader(arena, clock.IsReal ? Environment.ProcessorCount : 1);
        _kept = new KeptPicture(arena, _reader);
        _alarm = new VblankAlarm(clock, Self);
        _darkCount = vop.FirstVblank;
    }

    private bool IsLit => _state is { Active: true, Mode: not null };

    private ulong Count => IsLit ? _timeline.CountAt(_clock.Now) : _darkCount;

    public static Props Props(VopDescription vop, AddPipe addPipe, Arena arena, AlarmClock clock, PlantedBug planted = PlantedBug.None) =>
        ActorProps.Of(() => new VopActor(vop, addPipe, arena, clock, planted));

    protected override void PreStart() => Context.Parent.Tell(new RegisterComponent(_vop.Name));

    protected override void PostStop()
    {
        _alarm.Cancel();
        Darken(Errno.ENODEV);
        _reader.Dispose();
        _kept.Dispose();
    }

    protected override void OnReceive(object message)
    {
        // An interrupt that has fired comes before what was sent after it, however late its own message is: counts are told in their order.
        if (message is not VblankDue && _alarm.IsOverdue(_clock.Now))
            Vblank();
        switch (message)
        {
            case Latch latch:
                Take(latch, Sender);
                break;
            case CursorMoved moved:
                Take(moved);
                break;
            case FencesCame came:
                GoAhead(came.CommitId);
                break;
            case VblankDue due:
                if (_alarm.HasRung(due))
                {
                    _late = 0;
                    Vblank();
                }

                break;
            case VblankWait wait:
                Wait(wait);
                break;
            case SequenceWait wait:
                Queue(wait);
                break;
            case AimedFlip aimed:
                Aim(aimed);
                break;
            case SequenceRead:
                Sender.Tell(IsLit
                    ? Reply<CrtcSequence>.Success(new CrtcSequence(Active: true, Count, _timeline.TimeOf(Count)))
                    : Reply<CrtcSequence>.Failed(Errno.EINVAL));
                break;
            case CaptureFrame capture:
                Sender.Tell(Capture(capture));
                break;
            case CaptureLast last:
                Sender.Tell(_shown.IsClients && _state.Mode is not null ? Compose(last.Target) : _kept.Read(last.Target));
                break;
            case KeepPictures:
                _kept.IsOn = true;
                break;
            case NextFrame when IsLit:
                _frameReaders.Add(Sender);
                break;
            case NextFrame:
                Sender.Tell(Reply<FrameTaken>.Failed(Errno.ENODEV));
                break;
            case ForgetFile forget:
                foreach (var waiter in _waiters.TakeAll(w => w.File.Equals(forget.File)))
                    if (_planted != PlantedBug.WaiterLostAtClose)
                        waiter.Caller?.Tell(Reply<VblankReply>.Failed(Errno.EBADF));
                break;
            case InterruptWait interrupt:
                foreach (var waiter in _waiters.TakeAll(w => interrupt.Caller.Equals(w.Caller)))
                    interrupt.Caller.Tell(new Reply<VblankReply>(Errno.EINTR, new VblankReply((uint)waiter.Target, 0, waiter.IsNext)));
                break;
            case BindComponent bind:
                Bind(bind.Config);
                break;
            case UnbindComponent:
                Darken(Errno.ENODEV);
                Sender.Tell(new ComponentUnbound(_vop.Name));
                break;
            case SilencePipe:
                Darken(Errno.ENODEV);
                Sender.Tell(new PipeSilent(_crtc));
                break;
            case Latched cleanedUp when _planted == PlantedBug.EventBeforeCrtcIsFree:
                _device.Tell(cleanedUp);
                break;
            default:
                if (!OnFault(message))
                    Unhandled(message);
                break;
        }

        if (message is not VblankDue)
            Arm();
    }

    internal override IEnumerable<(string Name, object Value)> Facts()
    {
        if (IsLit)
            yield return ("vblank", Count);
        if (_state is { Active: true, Mode: { } mode })
            yield return ("mode", mode);
        var shown = _shown.Planes.Select(p => p.Framebuffer?.Id).OfType<FramebufferId>().ToList();
        if (shown.Count > 0)
            yield return ("shows", string.Join(", ", shown));
        if (_awaiting is { } awaiting)
            yield return ("waits for fences", $"commit {awaiting.Commit.CommitId}");
        if (_pending is { } pending)
            yield return ("latches", $"commit {pending.Commit.CommitId} at vblank {pending.Count}");
        foreach (var waiter in _waiters.All)
            yield return ($"{(waiter.Caller is null ? $"event {waiter.UserData}" : "call")} of {waiter.File.Path.Name} waits", $"for vblank {waiter.Target}");
    }

    private void Bind(ModeConfig config)
    {
        config = _addPipe(config, _vop, out _crtc);
        Sender.Tell(new ComponentBound(_vop.Name, config, _crtc, default));
    }

    private void Take(Latch latch, IActorRef device)
    {
        if (Await(latch, device))
            return;
        _device = device;
        if (_shown.IsClients && !ShownPicture.IsOfClient(latch.Planes) && _state.Mode is { } mode)
            _kept.Keep(mode, _shown, Count);
        if (!IsLit || IsModeset(latch.Crtc))
        {
            // A modeset does not wait for a vblank of the old mode; lighting up does for the first of the new one.
            Switch(latch.Crtc);
            if (!IsLit)
            {
                Complete(latch, device, _darkCount, _clock.Now);
                return;
            }
        }

        if (_planted == PlantedBug.EventBeforeLatch && latch.Event is { } early)
        {
            device.Tell(new FileNews(early.File, new FlipCompleteEvent(early.UserData, (uint)Count, _timeline.TimeOf(Count), _crtc)));
            latch = latch with { Event = null };
        }

        if (latch.Immediate)
            Complete(latch, device, Count, _clock.Now);
        else if (Hold(latch, device))
            return;
        else if (!_vop.HasVblank)
            Complete(latch, device, Count, _clock.Now);
        else
            _pending = (latch, Count + 1, device);
    }

    private void Vblank()
    {
        var now = _clock.Now;
        if (_pending is { } pending && _timeline.TimeOf(pending.Count) <= now)
        {
            _pending = null;
            // The hardware latched at the vblank itself, however late this actor hears of it.
            Complete(pending.Commit, pending.Device, pending.Count, _timeline.TimeOf(pending.Count));
        }

        GiveUpStuck(now);
        ReadFrames(now);
        foreach (var waiter in _waiters.TakeDue(_timeline, now))
            Wake(waiter, now);
        Arm();
    }

    private void Complete(Latch commit, IActorRef device, ulong count, long time)
    {
        // Without vblanks the event has the time of now, and counts nothing.
        count = _vop.HasVblank ? count : 0;
        var before = _shown;
        _shown = new ShownPicture(commit.Planes, commit.Crtc.DegammaLut, commit.Crtc.Ctm, commit.Crtc.GammaLut, commit.Crtc.Background);
        if (commit.IsDamageKnown)
            _reader.Follow(before, _shown);
        WriteBack(commit, time);
        // By way of the device, which frees the CRTC: whoever hears of the flip may flip again at once.
        var news = commit.Event is { } flip
            ? new FileNews(flip.File, new FlipCompleteEvent(flip.UserData, (uint)count, time, _crtc))
            : null;
        if (_planted == PlantedBug.EventBeforeCrtcIsFree && news is not null)
        {
            device.Tell(news);
            Self.Tell(new Latched(_crtc, commit.CommitId, time));
            return;
        }

        device.Tell(new Latched(_crtc, commit.CommitId, time, news));
    }

    private void Arm()
    {
        if (!IsLit)
        {
            _alarm.Cancel();
            return;
        }

        var due = _waiters.NextDue(_timeline);
        if (_pending is { } pending)
            due = Math.Min(due, _timeline.TimeOf(pending.Count));
        if (_frameReaders.Count > 0)
            due = Math.Min(due, _timeline.TimeOf(Count + 1));
        if (_stuck is { } stuck)
            due = Math.Min(due, stuck.Until);
        _alarm.Set(due == VblankAlarm.Never ? due : due + _late);
    }
}
