using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Publishes events to those who subscribed to what an event is.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly Dictionary<TClassifier, HashSet<TSubscriber>> _byClassifier = [];
    private readonly Lock _lock = new();

    /// <summary>Who is to get what; a new one after each change, so that publishing takes no lock.</summary>
    private volatile ConcurrentDictionary<TClassifier, TSubscriber[]> _cache = new();

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    protected string SimpleName(object source) => SimpleName(source.GetType());

    protected string SimpleName(Type source) => Logging.SimpleName(source);

    /// <summary>False if it changes nothing.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            if (!_byClassifier.TryGetValue(classifier, out var subscribers))
                _byClassifier.Add(classifier, subscribers = []);
            var added = subscribers.Add(subscriber);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return added;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_lock)
        {
            var changed = false;
            foreach (var subscribers in _byClassifier.Values)
                changed |= subscribers.Remove(subscriber);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return changed;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            var changed = _byClassifier.TryGetValue(classifier, out var subscribers) && subscribers.Remove(subscriber);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return changed;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        foreach (var subscriber in Subscribers(GetClassifier(@event)))
            Publish(@event, subscriber);
    }

    internal bool HasSubscribers(TClassifier classifier) => Subscribers(classifier).Length > 0;

    internal bool IsSubscribed(TSubscriber subscriber)
    {
        lock (_lock)
            return _byClassifier.Values.Any(subscribers => subscribers.Contains(subscriber));
    }

    private TSubscriber[] Subscribers(TClassifier classifier)
    {
        // The cache is read before the subscriptions: what is found goes into the one that they belong to, or into one that is out already.
        var cache = _cache;
        return cache.TryGetValue(classifier, out var known) ? known : cache[classifier] = Find(classifier);
    }

    private TSubscriber[] Find(TClassifier classifier)
    {
        lock (_lock)
            return _byClassifier.Where(entry => IsSubClassification(entry.Key, classifier)).SelectMany(entry => entry.Value).Distinct().ToArray();
    }
}

public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>;
