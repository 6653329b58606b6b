using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>The configuration of a system as it is used.</summary>
public class Settings
{
    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Read(config.WithFallback(Reference.Config));
    }

    public ActorSystem System { get; }

    public ActorSystemSetup Setup { get; }

    public Config Config { get; private set; }

    public string ConfigVersion { get; private set; }

    public string Home { get; private set; }

    public string LogLevel { get; private set; }

    public string StdoutLogLevel { get; private set; }

    public IList<string> Loggers { get; private set; }

    public string LoggersDispatcher { get; private set; }

    public TimeSpan LoggerStartTimeout { get; private set; }

    public bool LoggerAsyncStart { get; private set; }

    public bool LogConfigOnStart { get; private set; }

    /// <summary>How many dead letters are logged; 0 for none.</summary>
    public int LogDeadLetters { get; private set; }

    public bool LogDeadLettersDuringShutdown { get; private set; }

    public TimeSpan LogDeadLettersSuspendDuration { get; private set; }

    public TimeSpan CreationTimeout { get; private set; }

    public TimeSpan AskTimeout { get; private set; }

    public TimeSpan UnstartedPushTimeout { get; private set; }

    public bool DebugUnhandledMessage { get; private set; }

    public string SupervisorStrategyClass { get; private set; }

    public string SchedulerClass { get; private set; }

    public TimeSpan SchedulerShutdownTimeout { get; private set; }

    public bool CoordinatedShutdownTerminateActorSystem { get; private set; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; private set; }

    /// <summary>Adds a last resort below everything that is there.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    public override string ToString() => Config.ToString(includeFallback: true);

    private void Read(Config config)
    {
        Config = config;
        ConfigVersion = config.GetString("akka.version");
        Home = config.GetString("akka.home");
        LogLevel = config.GetString("akka.loglevel");
        StdoutLogLevel = config.GetString("akka.stdout-loglevel");
        Loggers = config.GetStringList("akka.loggers");
        LoggersDispatcher = config.GetString("akka.loggers-dispatcher");
        LoggerStartTimeout = config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = config.GetBoolean("akka.logger-async-start");
        LogConfigOnStart = config.GetBoolean("akka.log-config-on-start");
        LogDeadLetters = config.GetString("akka.log-dead-letters").ToUpperInvariant() switch
        {
            "ON" or "TRUE" => int.MaxValue,
            "OFF" or "FALSE" => 0,
            _ => config.GetInt("akka.log-dead-letters"),
        };
        LogDeadLettersDuringShutdown = config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = config.GetTimeSpan("akka.log-dead-letters-suspend-duration");
        CreationTimeout = config.GetTimeSpan("akka.actor.creation-timeout");
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout");
        UnstartedPushTimeout = config.GetTimeSpan("akka.actor.unstarted-push-timeout");
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        SupervisorStrategyClass = config.GetString("akka.actor.guardian-supervisor-strategy");
        SchedulerClass = config.GetString("akka.scheduler.implementation");
        SchedulerShutdownTimeout = config.GetTimeSpan("akka.scheduler.shutdown-timeout");
        CoordinatedShutdownTerminateActorSystem = config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
    }
}
