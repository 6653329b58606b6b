using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Dispatch.SysMsg;

/// <summary>What the runtime tells a cell; it overtakes user messages.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>A system message, and the link of the queue that it stands in.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal static readonly SystemMessage Closed = new NoMessage();

    internal SystemMessage Next;

    public bool Unlinked => Next is null;

    public void Unlink() => Next = null;

    /// <summary>Runs on the cell's own turn.</summary>
    internal virtual void Invoke(ActorCell cell)
    {
    }

    /// <summary>The receiver is already gone.</summary>
    internal virtual void Undeliverable(IInternalActorRef receiver, ActorSystemImpl system)
    {
    }

    /// <summary>True while the message has to wait for a cell that is suspended, or waits for its children.</summary>
    internal virtual bool MustWait(ActorCell cell) => false;

    private sealed class NoMessage : SystemMessage;
}
