using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Null where the cell is queued itself: only foreign dispatchers see a mailbox.</summary>
    public Mailbox Mailbox => OwnMailbox;

    internal virtual Mailbox OwnMailbox => null;

    public virtual IActorRef ActorOf(Props props, string name = null) => AddChild(props, name);

    internal LocalActor AddChild(Props props, string name)
    {
        if (name is not null)
            CheckName(name);
        if (_terminated)
            throw new InvalidOperationException("Cannot create child while terminating or terminated");
        var child = (_children ??= new ChildTable()).Add(this, name, static (parent, key, props) => parent.NewChild(key, props), props);
        child.Launch();
        return child;
    }

    /// <summary>A guardian gets its children from any thread, so that its table has to be there from the start.</summary>
    internal void PrepareForChildren() => _children = new ChildTable();

    private LocalActor NewChild(ActorName name, Props props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var dispatcher = props.ChosenDispatcher is { } id ? _system.Dispatchers.Lookup(id) : _system.DefaultDispatcher;
        var mailbox = _system.Mailboxes.TypeFor(props, dispatcher);
        var child = mailbox is null && dispatcher is PoolDispatcher
            ? new LocalActor(_system, props, dispatcher, Ref, name)
            : new DispatchedActor(_system, props, dispatcher, Ref, name, mailbox);
        if (props is GuardianProps)
            child.PrepareForChildren();
        return child;
    }

    /// <summary>The child of that name, or nobody.</summary>
    IActorRef IActorContext.Child(string name) => (IActorRef)FindChild(name) ?? ActorRefs.Nobody;

    internal LocalActor FindChild(string name) => _children?.Find(name);

    IEnumerable<IActorRef> IActorContext.GetChildren() => ChildrenNow();

    internal LocalActor[] ChildrenNow() => _children?.Snapshot() ?? [];

    public void Stop(IActorRef child)
    {
        if (IsOwnChild(child))
            _children.MarkDying((LocalActor)child);
        ((IInternalActorRef)child).Stop();
    }

    internal void StopChildrenForRestart()
    {
        foreach (var child in ChildrenNow())
        {
            Unwatch(child);
            Stop(child);
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }
}
