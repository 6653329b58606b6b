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

    private readonly ActorSystemImpl _system;
    private readonly Props _props;
    private readonly MessageDispatcher _dispatcher;
    private readonly IInternalActorRef _parent;
    private ActorBase _actor;
    private MessageNode _current;
    private Receive _behavior;
    private ChildTable _children;
    private Extras _extras;

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

    public IActorRef Sender => _extras?.SystemSender ?? _current?.Sender ?? _system.DeadLetters;

    internal object CurrentMessage => _current?.Message;

    internal MessageNode CurrentNode => _current;

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

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Handled(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Handled(receive));

    public ActorSelection ActorSelection(string path) => Paths.Select(_system, Ref, path);

    public ActorSelection ActorSelection(ActorPath path) => _system.ActorSelection(path);

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private static ActorCell ThrowNoContext() => throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");
}
