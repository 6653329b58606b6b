using System.Runtime.CompilerServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>A run is queued or on. Whoever sets it queues the run.</summary>
    private protected const int Scheduled = 1;

    /// <summary>User messages alone need no run now.</summary>
    private const int Suspended = 2;

    public bool HasMessages => AnyQueued;

    /// <summary>A count at a glance: it may be out of date when it is read.</summary>
    public int NumberOfMessages => CountQueued;

    private protected virtual bool AnyQueued => Taken is not null || HasInbox;

    private protected virtual int CountQueued => MessageNode.Count(Taken) + (HasInbox ? MessageNode.Count(_inbox) : 0);

    /// <summary>What a run has taken and not begun to handle.</summary>
    private MessageNode Taken => Volatile.Read(ref _pending) is { } head ? (_handling ? head.Next : head) : null;

    private bool HasInbox => Volatile.Read(ref _inbox) is { } head && !ReferenceEquals(head, MessageNode.Closed);

    internal bool IsSuspended => _suspensions > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Push(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        var node = new MessageNode(message, sender);
        var head = _inbox;
        while (true)
        {
            if (ReferenceEquals(head, MessageNode.Closed))
            {
                DeadLetter(message, sender);
                return;
            }
            node.Next = head;
            var seen = Interlocked.CompareExchange(ref _inbox, node, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }
        // The exchange above is a full fence: either this sees the bit cleared, or the run that clears it sees the message.
        if ((_schedule & (Scheduled | Suspended)) == 0)
            TrySchedule();
    }

    internal void PushSystem(SystemMessage message)
    {
        var head = Volatile.Read(ref _systemInbox);
        while (true)
        {
            if (ReferenceEquals(head, SystemMessage.Closed))
            {
                message.Undeliverable(Ref, _system);
                return;
            }
            message.Next = head;
            var seen = Interlocked.CompareExchange(ref _systemInbox, message, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }
        if ((_schedule & Scheduled) == 0)
            TrySchedule();
    }

    /// <summary>What a dispatcher that takes messages itself hands on.</summary>
    internal virtual void Accept(in Envelope envelope) => Push(envelope.Message, envelope.Sender);

    internal virtual void Attached()
    {
    }

    private protected void Unschedule() => Interlocked.And(ref _schedule, ~Scheduled);

    private protected void TrySchedule()
    {
        if ((Interlocked.Or(ref _schedule, Scheduled) & Scheduled) == 0)
            QueueRun();
    }

    /// <summary>
    /// Hands the cell, whose bit is set, to whatever runs it. To the pool's common queue: its threads' own queues would let one ask finish
    /// sooner, but a sender that goes on sending keeps its receiver waiting there until another thread steals it.
    /// </summary>
    internal virtual void QueueRun() => ThreadPool.UnsafeQueueUserWorkItem(Ref, preferLocal: false);

    /// <summary>Takes what has come in, oldest first, when nothing is left of what was taken before. Null if there is nothing.</summary>
    private protected virtual MessageNode Refill() =>
        _inbox is null ? null : MessageNode.Reverse(Interlocked.Exchange(ref _inbox, null));

    /// <summary>Puts a message before everything that waits.</summary>
    internal void PutFirst(MessageNode node)
    {
        ref var place = ref _pending;
        if (_handling)
            place = ref _pending.Next;
        node.Next = place;
        place = node;
    }

    /// <summary>The message at the head is done.</summary>
    private void Forget()
    {
        if (!_handling)
            return;
        _handling = false;
        Drop(_pending);
    }

    private void Drop(MessageNode head)
    {
        _pending = head.Next;
        // A dead node must not keep its successors alive across generations.
        head.Next = null;
    }

    /// <summary>Refuses what comes from now on, and turns what is there into dead letters.</summary>
    private void CloseMailbox()
    {
        var system = SystemInOrder(Interlocked.Exchange(ref _systemInbox, SystemMessage.Closed));
        while (system is not null)
        {
            var next = system.Next;
            system.Unlink();
            system.Undeliverable(Ref, _system);
            system = next;
        }
        DeadLetters(_pending);
        _pending = null;
        DeadLetters(MessageNode.Reverse(Interlocked.Exchange(ref _inbox, MessageNode.Closed)));
        CloseQueue();
    }

    /// <summary>Empties a queue that is not the cell's own.</summary>
    private protected virtual void CloseQueue()
    {
    }

    private void DeadLetters(MessageNode oldest)
    {
        for (var node = oldest; node is not null; node = node.Next)
            DeadLetter(node.Message, node.Sender);
    }

    private protected void DeadLetter(object message, IActorRef sender) => _system.DeadLetterRef.Undelivered(message, sender, Ref);

    private void SuspendSelf()
    {
        if (_suspensions++ == 0)
            Interlocked.Or(ref _schedule, Suspended);
    }

    private void ResumeSelf()
    {
        if (_suspensions > 0 && --_suspensions == 0)
            Interlocked.And(ref _schedule, ~Suspended);
    }

    private static SystemMessage SystemInOrder(SystemMessage newest)
    {
        SystemMessage oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }
}
