using System.Runtime.CompilerServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>A run is queued or on. Whoever sets it queues the run.</summary>
    private protected const int Scheduled = 1;

    /// <summary>User messages alone need no run now.</summary>
    private const int Suspended = 2;

    /// <summary>User messages, newest first; producers push, a run takes them all at once.</summary>
    private MessageNode _inbox;

    /// <summary>System messages, newest first.</summary>
    private SystemMessage _systemInbox;

    /// <summary>User messages that a run has taken, oldest first.</summary>
    private MessageNode _pending;

    private protected int _schedule;
    private int _suspensions;

    public bool HasMessages => AnyQueued;

    /// <summary>A count at a glance: it may be out of date when it is read.</summary>
    public int NumberOfMessages => CountQueued;

    private protected virtual bool AnyQueued => Volatile.Read(ref _pending) is not null || HasInbox;

    private protected virtual int CountQueued => MessageNode.Count(Volatile.Read(ref _pending)) + (HasInbox ? MessageNode.Count(_inbox) : 0);

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

    /// <summary>Hands the cell, whose bit is set, to whatever runs it.</summary>
    internal virtual void QueueRun() => ThreadPool.UnsafeQueueUserWorkItem(Ref, preferLocal: false);

    /// <summary>The oldest user message, or null.</summary>
    private protected virtual MessageNode Take()
    {
        var node = _pending;
        if (node is null)
        {
            if (_inbox is null || (node = MessageNode.Reverse(Interlocked.Exchange(ref _inbox, null))) is null)
                return null;
        }
        _pending = node.Next;
        // A dead node must not keep its successors alive across generations.
        node.Next = null;
        return node;
    }

    /// <summary>Puts a message before everything that waits.</summary>
    internal void PutFirst(MessageNode node)
    {
        node.Next = _pending;
        _pending = node;
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
        var taken = _pending;
        _pending = null;
        DeadLetters(taken);
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
