using System.Runtime.CompilerServices;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// One actor: its queues, its instance, its place in the tree. Every cell is a <see cref="LocalActor"/>, so reference, cell and mailbox are
/// one object. What only some actors need (watches, timers, stash, ...) hangs off <see cref="Extras"/>.
/// </summary>
/// <remarks>
/// Two sides share a cell. Any thread may push to the inboxes and set the <see cref="Scheduled"/> bit; whoever sets it queues the cell for a
/// run. Everything else belongs to the one run that holds the bit, and is handed on by clearing it (or by queueing the next run).
/// </remarks>
public partial class ActorCell : IUntypedActorContext
{
    public const int UndefinedUid = 0;

    [ThreadStatic]
    private static ActorCell t_current;

    // The order of the references is that of the object's memory: what a run touches with every message stands 64 bytes away from what
    // senders write, so that the two never share a cache line.

    /// <summary>User messages that a run has taken, oldest first. While one is handled it stands at the head.</summary>
    private MessageNode _pending;

    /// <summary>System messages, newest first.</summary>
    private SystemMessage _systemInbox;

    private ActorBase _actor;
    private Receive _behavior;
    private Extras _extras;
    private ChildTable _children;
    private readonly ActorSystemImpl _system;
    private readonly Props _props;
    private readonly MessageDispatcher _dispatcher;
    private readonly IInternalActorRef _parent;

    /// <summary>Nothing, or the name as text, or the path once it was asked for.</summary>
    private protected object _name;

    /// <summary>The parent's table chains its entries through the children.</summary>
    internal LocalActor NextInBucket;

    /// <summary>User messages, newest first; producers push, a run takes them all at once.</summary>
    private MessageNode _inbox;

    private protected int _schedule;
    private int _suspensions;
    private bool _handling;
    private bool _incarnated;
    private bool _terminated;

    internal ActorCell(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _system = system;
        _props = props;
        _dispatcher = dispatcher;
        _parent = parent;
    }

    /// <summary>The cell whose code runs on this thread, if any.</summary>
    internal static ActorCell Current
    {
        get => t_current;
        set => t_current = value;
    }

    internal static ActorCell Active => t_current ?? ThrowNoContext();

    internal ActorBase Actor => _actor;

    internal LocalActor Ref => Unsafe.As<LocalActor>(this);

    internal Extras More => _extras ??= new Extras();

    internal ActorSystemImpl SystemImpl => _system;

    internal IInternalActorRef ParentRef => _parent;

    public IActorRef Self => Ref;

    public Props Props => _props;

    public ActorSystem System => _system;

    public MessageDispatcher Dispatcher => _dispatcher;

    public IActorRef Sender => _extras?.SystemSender ?? Handled?.Sender ?? _system.DeadLetters;

    /// <summary>The message that is being handled; one whose handler failed or awaits something stays it.</summary>
    internal MessageNode Handled => _handling ? _pending : null;

    IActorRef IActorContext.Parent => _parent;

    public static IActorRef GetCurrentSelfOrNoSender() => t_current?.Self;

    public static IActorRef GetCurrentSenderOrNoSender() => t_current?.Sender;

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (More.OuterBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked() => _behavior = _extras?.OuterBehaviors is { Count: > 0 } outer ? outer.Pop() : null;

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Always(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    public ActorSelection ActorSelection(string path) => Paths.Select(_system, Ref, path);

    public ActorSelection ActorSelection(ActorPath path) => _system.ActorSelection(path);

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private static ActorCell ThrowNoContext() => throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");
}
