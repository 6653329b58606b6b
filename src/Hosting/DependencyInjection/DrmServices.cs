using DrmActors.Hosting;
using DrmActors.Hosting.Internals;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where a host's own builder looks for it.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

public static class DrmServices
{
    /// <summary>
    /// Adds a <see cref="DrmHost"/>, booted and shut down with the application; whoever opens a card earlier waits for the boot. With a health
    /// check ("drm": all boards are up) and gauges (meter "DrmActors": drm.objects, drm.pages, drm.mappings).
    /// </summary>
    public static IServiceCollection AddDrmActors(this IServiceCollection services, Action<DrmHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<DrmHostOptions>();
        options.Configure<ILoggerFactory>(static (o, loggers) => o.LoggerFactory ??= loggers);
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton(static provider => new DrmHost(provider.GetRequiredService<IOptions<DrmHostOptions>>().Value));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostService>());
        services.AddMetrics();
        services.TryAddSingleton<HostMetrics>();
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "drm",
            static provider => ActivatorUtilities.GetServiceOrCreateInstance<HostHealthCheck>(provider),
            failureStatus: null,
            tags: null));
        return services;
    }
}
