using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Actor;

/// <summary>A cell's own queue, seen through the interface of those that are not.</summary>
internal sealed class CellQueue(ActorCell cell) : IMessageQueue, IUnboundedMessageQueueSemantics
{
    public bool HasMessages => cell.HasMessages;

    public int Count => cell.NumberOfMessages;

    public void Enqueue(IActorRef receiver, Envelope envelope) => cell.Push(envelope.Message, envelope.Sender);

    /// <summary>Only the cell's own run takes from it.</summary>
    public bool TryDequeue(out Envelope envelope)
    {
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
    }
}
