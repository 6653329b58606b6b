using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues
{
    /// <summary>A mailbox's queue: many enqueue, one dequeues.</summary>
    public interface IMessageQueue
    {
        bool HasMessages { get; }

        int Count { get; }

        void Enqueue(IActorRef receiver, Envelope envelope);

        bool TryDequeue(out Envelope envelope);

        /// <summary>The owner is gone: what is left goes to dead letters.</summary>
        void CleanUp(IActorRef owner, IMessageQueue deadletters);
    }

    public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private readonly ConcurrentQueue<Envelope> _queue = new();

        public bool HasMessages => !_queue.IsEmpty;

        public int Count => _queue.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(envelope);

        public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope))
                deadletters.Enqueue(owner, envelope);
        }
    }
}

namespace Akka.Dispatch
{
    /// <summary>What a queue promises.</summary>
    public interface ISemantics;

    public interface IUnboundedMessageQueueSemantics : ISemantics;

    public interface IDequeBasedMessageQueueSemantics : ISemantics;

    public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

    public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics;

    /// <summary>An actor that needs a queue with that promise.</summary>
    public interface IRequiresMessageQueue<T> where T : ISemantics;

    /// <summary>A mailbox type that makes such queues.</summary>
    public interface IProducesMessageQueue<TQueue> where TQueue : MessageQueues.IMessageQueue;
}
