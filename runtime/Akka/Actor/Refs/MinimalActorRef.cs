using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>A reference with no actor behind it: everything falls through unless a subclass catches it.</summary>
public abstract class MinimalActorRef : IInternalActorRef
{
    internal MinimalActorRef()
    {
    }

    public abstract ActorPath Path { get; }

    internal virtual IInternalActorRef ParentRef => ActorRefs.Nobody;

    internal virtual void TellInternal(object message, IActorRef sender)
    {
    }

    internal virtual void System(ISystemMessage message)
    {
    }

    void ICanTell.Tell(object message, IActorRef sender) => TellInternal(message, sender);

    IInternalActorRef IInternalActorRef.Parent => ParentRef;

    bool IActorRefScope.IsLocal => true;

    bool IInternalActorRef.IsTerminated => false;

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) =>
        name.All(string.IsNullOrEmpty) ? this : ActorRefs.Nobody;

    void IInternalActorRef.Resume(Exception causedByFailure)
    {
    }

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop() => StopInternal();

    internal virtual void StopInternal()
    {
    }

    void IInternalActorRef.Restart(Exception cause)
    {
    }

    void IInternalActorRef.Suspend()
    {
    }

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => System(message);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => RefOrder.Same(this, other);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => RefOrder.Compare(this, other);

    int IComparable.CompareTo(object obj) => RefOrder.Compare(this, obj);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => null;

    public override bool Equals(object obj) => RefOrder.Same(this, obj as IActorRef);

    public override int GetHashCode() => Path.GetHashCode();

    public override string ToString() => $"[{Path}]";
}
