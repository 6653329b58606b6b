namespace Akka.Actor;

/// <summary>A queued message: the envelope and the link in one object.</summary>
internal sealed class MessageNode(object message, IActorRef sender)
{
    /// <summary>Stands in the inbox of a cell that takes no more.</summary>
    public static readonly MessageNode Closed = new(null, null);

    public readonly object Message = message;
    public readonly IActorRef Sender = sender;
    public MessageNode Next;

    /// <summary>Turns a stack, newest first, into a list, oldest first.</summary>
    public static MessageNode Reverse(MessageNode newest)
    {
        MessageNode oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }

    public static int Count(MessageNode first)
    {
        var count = 0;
        for (var node = first; node is not null; node = node.Next)
            count++;
        return count;
    }
}
