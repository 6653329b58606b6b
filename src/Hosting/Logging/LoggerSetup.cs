using Akka.Actor;
using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Logging;

/// <summary>Takes the host's loggers into the actor system, whose logger the system makes by itself.</summary>
internal sealed class LoggerSetup(ILoggerFactory factory) : Setup
{
    private readonly ILoggerFactory _factory = factory;

    /// <summary>Null where the host has none.</summary>
    public static ILoggerFactory? Of(ActorSystem system) =>
        system.Settings.Setup.Get<LoggerSetup>() is { HasValue: true } setup ? setup.Value._factory : null;
}
