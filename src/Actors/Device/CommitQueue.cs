using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>
/// The commits of a device on their way to the screen: at most one a CRTC. A blocking commit is done when every CRTC of it has latched;
/// what comes behind it waits its turn. Another non-blocking commit behind a non-blocking one is refused by the caller of this.
/// A commit may wait for fences, which need not come: what waits behind such a one waits ten seconds, and then goes on without them.
/// </summary>
internal sealed class CommitQueue(AlarmClock clock, IActorRef device) : IAlarmSink
{
    // As long as the kernel gives the commit before.
    private const long Patience = 10_000_000_000;

    private Commit?[] _busy = [];

    // Of each CRTC what it was given last, and what it may show until it has that.
    private ImmutableArray<PlaneState>[] _given = [];
    private HashSet<FramebufferId>[] _before = [];
    private ImmutableArray<IActorRef> _pipes = [];
    private long _lastId;

    // Bounded by the clients' own threads: each entry is one of their blocking calls, or the end of a file.
    private List<WaitingCall> _waiting = [];

    // Likewise, in the order in which they came.
    private readonly SortedDictionary<long, FenceWait> _awaiting = [];

    public void SetPipes(ImmutableArray<IActorRef> pipes)
    {
        _pipes = pipes;
        _busy = new Commit?[pipes.Length];
        _given = [.. pipes.Select(_ => ImmutableArray<PlaneState>.Empty)];
        _before = [.. pipes.Select(_ => new HashSet<FramebufferId>())];
    }

    public IEnumerable<(string Name, object Value)> Facts()
    {
        for (var crtc = 0; crtc < _busy.Length; crtc++)
            if (_busy[crtc] is { } commit)
                yield return ($"pipe {crtc} is busy with", $"{(commit.Blocking ? "blocking commit" : "flip, commit")} {commit.Id}");
        if (_waiting.Count > 0)
            yield return ("wait for their turn", _waiting.Count);
        if (_awaiting.Count > 0)
            yield return ("wait for fences", _awaiting.Count);
    }

    public bool IsBusy(int crtc) => _busy[crtc] is not null;

    public bool IsBlocked(int crtc) => _busy[crtc] is { Blocking: true };

    /// <summary>Something on its way to the screen has one of them, or takes its place, or is written back to it.</summary>
    public bool MayShow(IReadOnlyCollection<Framebuffer> framebuffers)
    {
        for (var crtc = 0; crtc < _busy.Length; crtc++)
            if (_busy[crtc] is { } commit && (framebuffers.Any(f => IsGiven(crtc, f.Id) || _before[crtc].Contains(f.Id)) || commit.Crtcs.Any(IsWrittenBack)))
                return true;
        return false;

        bool IsGiven(int crtc, FramebufferId id) => _given[crtc].Any(p => p.Framebuffer?.Id == id);
        bool IsWrittenBack(CrtcCommit commit) => commit.Writebacks.Any(w => framebuffers.Any(f => f.Id == w.Target.Id));
    }

    /// <summary>A CRTC is given another picture. A commit that is on its way there takes it along, and shows what was there until it is there itself.</summary>
    public void Give(int crtc, ImmutableArray<PlaneState> planes)
    {
        if (IsBusy(crtc))
            foreach (var plane in _given[crtc])
                if (plane.Framebuffer is { } shown)
                    _before[crtc].Add(shown.Id);
        _given[crtc] = planes;
    }

    /// <summary>Tries again when something has latched.</summary>
    public void WaitBehind(WaitingCall call)
    {
        _waiting.Add(call);
        foreach (var commit in _busy)
            if (commit is { After.IsSignaled: false, Impatience: null })
                commit.Impatience = clock.SetAlarm(clock.Now + Patience, this, commit.Id);
    }

    void IAlarmSink.Ring(long due, long cookie) => device.Tell(new FencesCame(cookie), ActorRefs.NoSender);

    /// <summary>
    /// A blocking call waits for fences before it does anything, and CRTCs none of which is busy wait with it. Then it tries again, also where the fences
    /// do not come and somebody else waits.
    /// </summary>
    public void WaitFor(Fence fence, IEnumerable<Crtc> crtcs, WaitingCall call)
    {
        var commit = new Commit(++_lastId, blocking: true, done: null, fence);
        if (fence.Wait(new TellWhenSignaled(device, new FencesCame(commit.Id))) is not { } waiting)
        {
            call.Retry();
            return;
        }

        foreach (var crtc in crtcs)
            _busy[crtc.Index] = commit;
        _awaiting.Add(commit.Id, new FenceWait(commit, waiting, call));
    }

    /// <summary>Nothing is waited for any more with this commit.</summary>
    public void FencesCame(long id)
    {
        if (_awaiting.ContainsKey(id))
            End(id).Call.Retry();
        else if (Array.Find(_busy, c => c?.Id == id) is { } commit)
            for (var crtc = 0; crtc < _busy.Length; crtc++)
                if (_busy[crtc] == commit)
                    _pipes[crtc].Tell(new FencesCame(id));
        Retry();
    }

    /// <summary>Gives up what waits on behalf of a caller.</summary>
    public void Interrupt(IActorRef caller) => Fail(c => caller.Equals(c.Caller), Errno.EINTR);

    /// <summary>Gives up what waits on behalf of a file that is closed.</summary>
    public void Forget(ulong file) => Fail(c => c.Caller is not null && c.File == file, Errno.EBADF);

    /// <summary>A blocking commit; <paramref name="done"/> runs when it is on the screen, at once where no CRTC is in it.</summary>
    /// <param name="immediate">Does not wait for a vblank.</param>
    public void Block(KmsState next, IReadOnlyCollection<Crtc> crtcs, Action done, bool immediate = false) =>
        Start(next, [.. crtcs.Select(c => new CrtcCommit(c, null, []))], blocking: true, done, immediate);

    /// <summary>A commit of CRTCs none of which is busy; <paramref name="done"/> runs when all have it on the screen.</summary>
    /// <param name="after">What it waits for before anything of it is done; null for nothing.</param>
    public void Start(
        KmsState next, IReadOnlyCollection<CrtcCommit> crtcs, bool blocking, Action? done, bool immediate = false, Fence? after = null)
    {
        foreach (var lost in crtcs.Where(c => _pipes[c.Crtc.Index].Equals(ActorRefs.Nobody)))
            lost.Signal(clock.Now, Errno.ENODEV);
        crtcs = [.. crtcs.Where(c => !_pipes[c.Crtc.Index].Equals(ActorRefs.Nobody))];
        if (crtcs.Count == 0)
        {
            done?.Invoke();
            return;
        }

        var commit = new Commit(++_lastId, blocking, done, after) { Remaining = crtcs.Count, Crtcs = crtcs };
        foreach (var (crtc, request, writebacks, _, isDamageKnown) in crtcs)
        {
            _busy[crtc.Index] = commit;
            var shown = next.Shown(crtc);
            Give(crtc.Index, shown);
            _pipes[crtc.Index].Tell(new Latch(commit.Id, next[crtc], shown, request, immediate, writebacks, after, isDamageKnown));
        }
    }

    /// <param name="time">When it was on the screen, in nanoseconds.</param>
    /// <param name="errno">Why it never was.</param>
    public void Latched(int crtc, long commitId, long time, Errno errno = Errno.None)
    {
        if (_busy[crtc] is not { } commit || commit.Id != commitId)
            return;
        _busy[crtc] = null;
        _before[crtc].Clear();
        foreach (var one in commit.Crtcs)
            if (one.Crtc.Index == crtc)
                one.Signal(time, errno);
        if (--commit.Remaining == 0)
        {
            commit.BePatient();
            commit.Done?.Invoke();
        }

        Retry();
    }

    /// <summary>Everything that waits tries again, in the order in which it came.</summary>
    public void Retry()
    {
        if (_waiting.Count == 0)
            return;
        var waiting = _waiting;
        _waiting = [];
        foreach (var call in waiting)
            call.Retry();
    }

    /// <summary>The device is gone: nobody waits any more for what need not come.</summary>
    public void RetryAll()
    {
        foreach (var id in _awaiting.Keys.ToList())
            End(id).Call.Retry();
        Retry();
    }

    /// <summary>A display controller is gone: what it had to latch counts as latched, now and later.</summary>
    public void Lose(int crtc)
    {
        _pipes = _pipes.SetItem(crtc, ActorRefs.Nobody);
        if (_busy[crtc] is { } commit)
            Latched(crtc, commit.Id, clock.Now, Errno.ENODEV);
    }

    // What waits behind them goes on, or waits on behind others.
    private void Fail(Predicate<WaitingCall> isIt, Errno errno)
    {
        var behind = _waiting.FindAll(isIt);
        _waiting.RemoveAll(isIt);
        var before = _awaiting.Where(w => isIt(w.Value.Call)).ToList();
        foreach (var (id, _) in before)
            End(id);
        foreach (var call in before.Select(w => w.Value.Call).Concat(behind))
            call.Fail!(errno);
        if (before.Count > 0)
            Retry();
        // Fences that nobody waits behind any more have all the time there is.
        if (_waiting.Count == 0)
            foreach (var commit in _busy)
                commit?.BePatient();
    }

    private FenceWait End(long id)
    {
        _awaiting.Remove(id, out var wait);
        wait!.Commit.After!.Forget(wait.Waiting);
        wait.Commit.BePatient();
        for (var crtc = 0; crtc < _busy.Length; crtc++)
            if (_busy[crtc] == wait.Commit)
                _busy[crtc] = null;
        return wait;
    }

    private sealed class Commit(long id, bool blocking, Action? done, Fence? after)
    {
        public long Id => id;

        public bool Blocking => blocking;

        public Action? Done => done;

        public Fence? After => after;

        public IReadOnlyCollection<CrtcCommit> Crtcs { get; init; } = [];

        public int Remaining { get; set; }

        public Alarm? Impatience { get; set; }

        public void BePatient()
        {
            Impatience?.Cancel();
            Impatience = null;
        }
    }

    private sealed record FenceWait(Commit Commit, LinkedListNode<IFenceWaiter> Waiting, WaitingCall Call);
}

/// <summary>A CRTC of a commit, who wants to hear of it there, and where its first frame is written back to.</summary>
/// <param name="Shown">Signalled when it is on the screen, or cannot be any more; null where nobody wants to know.</param>
/// <param name="IsDamageKnown">All that changes on it is what the damage clips of its planes say.</param>
internal readonly record struct CrtcCommit(
    Crtc Crtc, FlipRequest? Request, ImmutableArray<Writeback> Writebacks, Fence? Shown = null, bool IsDamageKnown = false)
{
    /// <summary>What has not been written by now never will be.</summary>
    public void Signal(long time, Errno errno)
    {
        Shown?.Signal(time, errno);
        foreach (var writeback in Writebacks)
            writeback.Written?.Signal(time, errno == Errno.None ? Errno.EIO : errno);
    }
}
