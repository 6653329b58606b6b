using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) =>
        Watch(subject, message ?? throw new ArgumentNullException(nameof(message), "message must not be null"));

    private IActorRef Watch(IActorRef subject, object message)
    {
        if (subject.Equals(Self))
            return subject;
        var watching = More.Watching ??= [];
        if (watching.TryGetValue(subject, out var earlier))
        {
            if (!Equals(earlier, message))
                throw new InvalidOperationException(
                    $"Watch({Self}, {subject}) termination message was not overwritten from [{earlier}] to [{message}]. Unwatch first.");
            return subject;
        }
        watching.Add(subject, message);
        // A child tells its parent of its end in any case.
        if (!IsOwnChild(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new Watch((IInternalActorRef)subject, Self));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_extras is null || subject.Equals(Self))
            return subject;
        if (_extras.Watching?.Remove(subject) == true && !IsOwnChild(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch(Self));
        _extras.EndsQueued?.Remove(subject);
        return subject;
    }

    private void UnwatchAll()
    {
        if (_extras is null)
            return;
        if (_extras.Watching is { } watching)
        {
            foreach (var subject in watching.Keys)
            {
                if (!IsOwnChild(subject))
                    ((IInternalActorRef)subject).SendSystemMessage(new Unwatch(Self));
            }
        }
        _extras.Watching = null;
        _extras.EndsQueued = null;
    }

    private bool IsOwnChild(IActorRef subject) => subject is LocalActor { Listed: true } child && ReferenceEquals(child.ParentRef, this);

    /// <summary>A watched actor or a child is gone. The watcher hears of it in its mailbox, after what is there already.</summary>
    internal void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed)
    {
        if (_extras?.Watching is { } watching && watching.Remove(actor, out var message) && !IsTerminating)
        {
            (_extras.EndsQueued ??= [])[actor] = message;
            Ref.Tell(new Terminated(actor, existenceConfirmed, addressTerminated: false), actor);
        }
        if (IsOwnChild(actor))
            HandleChildTerminated((LocalActor)actor);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (_extras?.EndsQueued is { } ends && ends.Remove(terminated.ActorRef, out var message))
            _actor.Handle(_behavior ?? ActorBase.OwnReceive, message ?? terminated);
    }

    internal void AddWatcher(IActorRef watcher)
    {
        var more = More;
        switch (more.WatchedBy)
        {
            case null:
                more.WatchedBy = watcher;
                break;
            case IActorRef one when !one.Equals(watcher):
                more.WatchedBy = new HashSet<IActorRef> { one, watcher };
                break;
            case HashSet<IActorRef> many:
                many.Add(watcher);
                break;
        }
    }

    internal void RemoveWatcher(IActorRef watcher)
    {
        if (_extras is null)
            return;
        if (_extras.WatchedBy is HashSet<IActorRef> many)
            many.Remove(watcher);
        else if (watcher.Equals(_extras.WatchedBy as IActorRef))
            _extras.WatchedBy = null;
    }

    private void TellWatchers()
    {
        switch (_extras?.WatchedBy)
        {
            case IActorRef one:
                TellWatcher(one);
                break;
            case HashSet<IActorRef> many:
                foreach (var watcher in many)
                    TellWatcher(watcher);
                break;
        }
    }

    private void TellWatcher(IActorRef watcher)
    {
        if (!watcher.Equals(_parent))
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(Ref, existenceConfirmed: true));
    }
}
