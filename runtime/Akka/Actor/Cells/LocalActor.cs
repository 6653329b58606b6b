using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// A cell and its reference. One object is one incarnation of a path, so two of them are equal only if they are the same object; the uid
/// and the path are made when somebody asks.
/// </summary>
internal class LocalActor : ActorCell, IInternalActorRef, IThreadPoolWorkItem
{
    private static int s_lastUid;

    private int _uid;
    private readonly NameKind _kind;

    /// <summary>Below: the parent's entry for this child; the parent alone touches it.</summary>
    internal bool Listed;
    internal bool Dying;
    internal readonly long NameKey;

    internal LocalActor(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef parent, ActorName name)
        : base(system, props, dispatcher, parent)
    {
        _kind = name.Kind;
        NameKey = name.Key;
        _name = name.Text;
        _schedule = Scheduled;
    }

    public ActorPath Path => Volatile.Read(ref _name) as ActorPath ?? MakePath();

    internal string Name => Volatile.Read(ref _name) switch
    {
        string text => text,
        ActorPath path => path.Name,
        _ => ActorName.Spell(_kind, NameKey),
    };

    internal bool IsNamed(in ActorName name) =>
        NameKey == name.Key && _kind == name.Kind && (_kind != NameKind.Text || Name == name.Text);

    /// <summary>The first run makes the instance. The Scheduled bit is set from birth, so that this is the only one to queue it.</summary>
    internal virtual void Launch() => QueueRun();

    public void Execute() => Run();

    public virtual void Tell(object message, IActorRef sender) => Push(message, sender);

    public void SendSystemMessage(ISystemMessage message) => PostSystem((SystemMessage)message);

    internal virtual void PostSystem(SystemMessage message) => PushSystem(message);

    IInternalActorRef IInternalActorRef.Parent => ParentRef;

    bool IInternalActorRef.IsTerminated => IsStopped;

    bool IActorRefScope.IsLocal => true;

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop() => Stop();

    void IInternalActorRef.Suspend() => PostSystem(new Suspend());

    void IInternalActorRef.Resume(Exception causedByFailure) => PostSystem(new Resume(causedByFailure));

    void IInternalActorRef.Restart(Exception cause) => PostSystem(new Recreate(cause));

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Paths.Descend(this, name);

    public bool Equals(IActorRef other) => RefOrder.Same(this, other);

    public override bool Equals(object obj) => RefOrder.Same(this, obj as IActorRef);

    public override int GetHashCode() => global::System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public int CompareTo(IActorRef other) => RefOrder.Compare(this, other);

    public int CompareTo(object obj) => RefOrder.Compare(this, obj);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => null;

    public override string ToString() => $"[{Path}#{Path.Uid}]";

    private ActorPath MakePath()
    {
        if (_uid == UndefinedUid)
            Interlocked.CompareExchange(ref _uid, NextUid(), UndefinedUid);
        var before = Volatile.Read(ref _name);
        var path = ParentRef is RootParent root ? root.Path : new ChildActorPath(ParentRef.Path, Name, _uid);
        return Interlocked.CompareExchange(ref _name, path, before) as ActorPath ?? path;
    }

    private static int NextUid()
    {
        var uid = Interlocked.Increment(ref s_lastUid);
        return uid == UndefinedUid ? Interlocked.Increment(ref s_lastUid) : uid;
    }
}
