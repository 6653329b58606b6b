using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by the path of their section.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcherConfigurator>> _configurators = new();
    private readonly ActorSystem _system;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        Prerequisites = prerequisites;
    }

    public IDispatcherPrerequisites Prerequisites { get; }

    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    public Config DefaultDispatcherConfig => GetConfig(_system.Settings.Config, DefaultDispatcherId);

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    public MessageDispatcher Lookup(string dispatcherName) => _configurators.GetOrAdd(
        string.IsNullOrEmpty(dispatcherName) ? DefaultDispatcherId : dispatcherName,
        id => new Lazy<MessageDispatcherConfigurator>(() => Create(id))).Value.Dispatcher();

    /// <summary>False if the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) =>
        _configurators.TryAdd(id, new Lazy<MessageDispatcherConfigurator>(configurator));

    /// <summary>A section with what every dispatcher has to know; a string in its place names another section.</summary>
    public static Config GetConfig(Config config, string id, int depth = 0)
    {
        if (depth > 20)
            throw new ConfigurationException($"Dispatcher aliases of [{id}] go too deep.");
        var simpleName = id[(id.LastIndexOf('.') + 1)..];
        return config.GetConfig(id)
            .WithFallback(ConfigurationFactory.ParseString($"id = \"{id}\", name = \"{simpleName}\""))
            .WithFallback(config.GetConfig(DefaultDispatcherId));
    }

    private MessageDispatcherConfigurator Create(string id)
    {
        var all = _system.Settings.Config;
        if (!all.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured");
        var config = GetConfig(all, id);
        var type = config.GetString("type");
        MessageDispatcherConfigurator configurator = type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher" or "SynchronizedDispatcher" => new PoolDispatcherConfigurator(config, Prerequisites),
            null or "" => throw new ConfigurationException($"Dispatcher [{id}] has no type."),
            _ => TypeNames.Create<MessageDispatcherConfigurator>(type, config, Prerequisites),
        };
        if (config.GetString("mailbox-type") is { Length: > 0 } mailbox)
            configurator.Dispatcher().MailboxType = ((Actor.Internal.ActorSystemImpl)_system).Mailboxes.OfTypeName(mailbox, config);
        return configurator;
    }
}
