namespace Akka.Actor;

/// <summary>An ordered set of handlers; the first that takes a message has it.</summary>
internal sealed class MessageHandlers
{
    private MessageHandler[] _handlers = [];
    private bool _closed;

    public void Add(MessageHandler handler)
    {
        if (_closed)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        Array.Resize(ref _handlers, _handlers.Length + 1);
        _handlers[^1] = handler;
        _closed = handler.TakesAll;
    }

    public void AddLast(MessageHandler handler)
    {
        Add(handler);
        _closed = true;
    }

    public bool Handle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler.TryHandle(message))
                return true;
        }
        return false;
    }
}

internal abstract class MessageHandler
{
    public virtual bool TakesAll => false;

    public abstract bool TryHandle(object message);
}

internal sealed class ActionHandler<T>(Action<T> handler, Predicate<T> when) : MessageHandler
{
    public override bool TakesAll => typeof(T) == typeof(object) && when is null;

    public override bool TryHandle(object message)
    {
        if (message is not T typed || (when is not null && !when(typed)))
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class FuncHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

internal sealed class TypeHandler(Type type, Action<object> handler, Predicate<object> when) : MessageHandler
{
    public override bool TakesAll => type == typeof(object) && when is null;

    public override bool TryHandle(object message)
    {
        if (!type.IsInstanceOfType(message) || (when is not null && !when(message)))
            return false;
        handler(message);
        return true;
    }
}
