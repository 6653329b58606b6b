using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What a cell has only when it uses it.</summary>
internal sealed class Extras
{
    /// <summary>Watched, with the message to get instead of <see cref="Terminated"/>.</summary>
    public Dictionary<IActorRef, object> Watching;

    /// <summary>Whose end is in the mailbox already.</summary>
    public Dictionary<IActorRef, object> EndsQueued;

    /// <summary>Who watches: nobody, one reference, or a set of them.</summary>
    public object WatchedBy;

    public Stack<Receive> OuterBehaviors;

    /// <summary>Whose failure suspended the cell: itself or a child.</summary>
    public IActorRef Perpetrator;

    /// <summary>The sender while a system message is handled.</summary>
    public IActorRef SystemSender;

    public List<SystemMessage> Waiting;

    public ReceiveTimeouts ReceiveTimeouts;

    public ActorTaskScheduler TaskScheduler;

    /// <summary>Asynchronous handlers that are not done; each of them holds user messages back.</summary>
    public int Awaiting;

    public MessageStash Stash;
}
