using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using DrmActors.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Internals;

internal static class ActorSystems
{
    public static ActorSystem Create(Config config, ILoggerFactory? loggers)
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));
        return ActorSystem.Create("drm", loggers is null ? setup : setup.And(new LoggerSetup(loggers)));
    }
}
