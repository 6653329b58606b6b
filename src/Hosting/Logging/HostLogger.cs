using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace DrmActors.Hosting.Logging;

/// <summary>The actor system's logger: hands everything on to the host's <see cref="ILogger"/>s, one a class that logs.</summary>
internal sealed class HostLogger : UntypedActor
{
    public const string TypeName = "DrmActors.Hosting.Logging.HostLogger, DrmActors.Hosting";

    private static readonly Action<ILogger, string, object, Exception?>[] Writers =
    [
        Define(LogLevel.Debug),
        Define(LogLevel.Information),
        Define(LogLevel.Warning),
        Define(LogLevel.Error),
    ];

    private readonly Dictionary<Type, ILogger> _loggers = [];
    private readonly ILoggerFactory? _factory = LoggerSetup.Of(Context.System);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent entry:
                if (_factory is not null)
                    Writers[Index(entry.LogLevel())](LoggerOf(entry.LogClass), entry.LogSource, entry.Message, entry.Cause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static int Index(AkkaLogLevel level) => level switch
    {
        AkkaLogLevel.DebugLevel => 0,
        AkkaLogLevel.InfoLevel => 1,
        AkkaLogLevel.WarningLevel => 2,
        _ => 3,
    };

    private static Action<ILogger, string, object, Exception?> Define(LogLevel level) =>
        LoggerMessage.Define<string, object>(level, default, "{Source}: {Text}");

    private ILogger LoggerOf(Type type)
    {
        if (!_loggers.TryGetValue(type, out var logger))
            _loggers.Add(type, logger = _factory!.CreateLogger(type));
        return logger;
    }
}
