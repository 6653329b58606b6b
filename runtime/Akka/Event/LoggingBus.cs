using Akka.Actor;

namespace Akka.Event;

/// <summary>A bus whose events are classed by their type; log events are published here.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private volatile int _level = (int)LogLevel.InfoLevel;

    public LogLevel LogLevel => (LogLevel)_level;

    public void SetLogLevel(LogLevel logLevel) => _level = (int)logLevel;

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();
}

/// <summary>The system's bus. A subscriber that dies is unsubscribed.</summary>
public class EventStream : LoggingBus
{
    private IInternalActorRef _watcher;

    public EventStream(bool debug)
    {
    }

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var first = !IsSubscribed(subscriber);
        var changed = base.Subscribe(subscriber, channel);
        if (first && _watcher is not null)
            ((IInternalActorRef)subscriber).SendSystemMessage(new Dispatch.SysMsg.Watch((IInternalActorRef)subscriber, _watcher));
        return changed;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber, channel);
        if (!IsSubscribed(subscriber))
            Forget(subscriber);
        return changed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber);
        Forget(subscriber);
        return changed;
    }

    /// <summary>From here on subscribers are watched.</summary>
    internal void WatchWith(IInternalActorRef watcher) => _watcher = watcher;

    private void Forget(IActorRef subscriber)
    {
        if (_watcher is not null)
            ((IInternalActorRef)subscriber).SendSystemMessage(new Dispatch.SysMsg.Unwatch(_watcher));
    }
}

/// <summary>Hears of subscribers' ends. It is not an actor: it takes them off at once, on the thread that tells.</summary>
internal sealed class EventStreamWatcher(EventStream bus, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    internal override void System(Dispatch.SysMsg.ISystemMessage message)
    {
        if (message is Dispatch.SysMsg.DeathWatchNotification end)
            bus.Unsubscribe(end.Actor);
    }
}
