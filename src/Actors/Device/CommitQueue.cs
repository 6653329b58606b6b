using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>
/// The commits of a device on their way to the screen: at most one a CRTC. A blocking commit is done when every CRTC of it has latched;
/// what comes behind it waits its turn. Another non-blocking commit behind a non-blocking one is refused by the caller of this.
/// </summary>
internal sealed class CommitQueue
{
    private Commit?[] _busy = [];
    private ImmutableArray<IActorRef> _pipes = [];
    private long _lastId;

    // Bounded by the clients' own threads: each entry is one of their blocking calls.
    private List<Action> _waiting = [];

    public void SetPipes(ImmutableArray<IActorRef> pipes)
    {
        _pipes = pipes;
        _busy = new Commit?[pipes.Length];
    }

    public IEnumerable<(string Name, object Value)> Facts()
    {
        for (var crtc = 0; crtc < _busy.Length; crtc++)
            if (_busy[crtc] is { } commit)
                yield return ($"pipe {crtc} is busy with", $"{(commit.Blocking ? "blocking commit" : "flip, commit")} {commit.Id}");
        if (_waiting.Count > 0)
            yield return ("wait for their turn", _waiting.Count);
    }

    public bool IsBusy(int crtc) => _busy[crtc] is not null;

    public bool IsBlocked(int crtc) => _busy[crtc] is { Blocking: true };

    /// <summary>Tries again when something has latched.</summary>
    public void WaitBehind(Action retry) => _waiting.Add(retry);

    /// <summary>A blocking commit; <paramref name="done"/> runs when it is on the screen, at once where no CRTC is in it.</summary>
    /// <param name="immediate">Does not wait for a vblank.</param>
    public void Block(KmsState next, IReadOnlyCollection<Crtc> crtcs, Action done, bool immediate = false) =>
        Start(next, [.. crtcs.Select(c => new CrtcCommit(c, null, []))], blocking: true, done, immediate);

    /// <summary>A commit of CRTCs none of which is busy; <paramref name="done"/> runs when all have it on the screen.</summary>
    public void Start(KmsState next, IReadOnlyCollection<CrtcCommit> crtcs, bool blocking, Action? done, bool immediate = false)
    {
        crtcs = [.. crtcs.Where(c => !_pipes[c.Crtc.Index].Equals(ActorRefs.Nobody))];
        if (crtcs.Count == 0)
        {
            done?.Invoke();
            return;
        }

        var commit = new Commit(++_lastId, blocking, done) { Remaining = crtcs.Count };
        foreach (var (crtc, request, writebacks) in crtcs)
        {
            _busy[crtc.Index] = commit;
            _pipes[crtc.Index].Tell(new Latch(commit.Id, next[crtc], next.Shown(crtc), request, immediate, writebacks));
        }
    }

    public void Latched(int crtc, long commitId)
    {
        if (_busy[crtc] is not { } commit || commit.Id != commitId)
            return;
        _busy[crtc] = null;
        if (--commit.Remaining == 0)
            commit.Done?.Invoke();
        Retry();
    }

    /// <summary>Everything that waits tries again, in the order in which it came.</summary>
    public void Retry()
    {
        if (_waiting.Count == 0)
            return;
        var waiting = _waiting;
        _waiting = [];
        foreach (var retry in waiting)
            retry();
    }

    /// <summary>A display controller is gone: what it had to latch counts as latched, now and later.</summary>
    public void Lose(int crtc)
    {
        _pipes = _pipes.SetItem(crtc, ActorRefs.Nobody);
        if (_busy[crtc] is { } commit)
            Latched(crtc, commit.Id);
    }

    private sealed record Commit(long Id, bool Blocking, Action? Done)
    {
        public int Remaining { get; set; }
    }
}

/// <summary>A CRTC of a commit, who wants to hear of it there, and where its first frame is written back to.</summary>
internal readonly record struct CrtcCommit(Crtc Crtc, FlipRequest? Request, ImmutableArray<Framebuffer> Writebacks);
