namespace Akka.Actor;

/// <summary>The stash of one cell. It keeps nodes as the mailbox does, so that putting one back makes nothing new.</summary>
internal sealed class MessageStash(ActorCell cell, int capacity) : IStash
{
    private readonly LinkedList<MessageNode> _nodes = [];
    private MessageNode _last;

    public int Count => _nodes.Count;

    public bool IsEmpty => _nodes.Count == 0;

    public bool NonEmpty => _nodes.Count > 0;

    public bool IsFull => capacity > 0 && _nodes.Count >= capacity;

    public int Capacity => capacity;

    public void Stash()
    {
        if (cell.Handled is not { } node)
            return;
        if (ReferenceEquals(_last, node))
            throw new IllegalActorStateException($"Can't stash the same message {node.Message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {node.Message} to stash of {cell.Self}");
        // A copy: the original stands at the head of the mailbox until it is done.
        _nodes.AddLast(new MessageNode(node.Message, node.Sender));
        _last = node;
    }

    public void Unstash()
    {
        if (_nodes.First is not { } first)
            return;
        _nodes.RemoveFirst();
        cell.PutFirst(first.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        for (var link = _nodes.Last; link is not null; link = link.Previous)
        {
            if (predicate(EnvelopeOf(link.Value)))
                cell.PutFirst(link.Value);
        }
        _nodes.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _nodes.Select(EnvelopeOf).ToArray();
        _nodes.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _nodes.AddFirst(new MessageNode(envelope.Message, envelope.Sender));
    }

    private Envelope EnvelopeOf(MessageNode node) => new(node.Message, node.Sender, cell.System);
}
