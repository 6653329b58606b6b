using Akka.Configuration;
using DrmActors.Hardware.Boards;
using DrmActors.Hosting.Logging;

namespace DrmActors.Hosting.Internals;

/// <summary>The settings of <c>config/drm.conf</c>.</summary>
internal sealed class HostConfig
{
    private const string Always = $$"""
        akka {
          loggers = ["{{HostLogger.TypeName}}"]
          stdout-loglevel = OFF
        }
        """;

    private readonly Config _config;

    private HostConfig(Config config) => (_config, Akka) = (config, ConfigurationFactory.ParseString(Always).WithFallback(config));

    public Config Akka { get; }

    public string Board => _config.GetString("drm.board", "rk3399");

    public TimeMode Time
    {
        get
        {
            var clock = _config.GetString("drm.clock", "real");
            return Enum.TryParse<TimeMode>(clock, ignoreCase: true, out var mode) && !int.TryParse(clock, out _)
                ? mode
                : throw new ConfigurationException($"config/drm.conf: drm.clock: found '{clock}'; allowed: real, virtual, manual");
        }
    }

    public static HostConfig Load() =>
        new(ConfigFiles.Find("drm.conf") is { } file ? ConfigurationFactory.ParseString(File.ReadAllText(file)) : ConfigurationFactory.Empty);
}
