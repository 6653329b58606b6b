using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Internals;

/// <summary>Boots the host with the application, and shuts it down with it.</summary>
/// <param name="metrics">Made with the service, so that the gauges are there from the start.</param>
internal sealed partial class HostService(DrmHost host, HostMetrics metrics, ILogger<DrmHost> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => host.BootAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        metrics.Dispose();
        var report = await host.ShutdownAsync();
        if (!report.IsClean)
            ReportLeak(report);
    }

    [LoggerMessage(LogLevel.Warning, "Still out at the shutdown: {Report}")]
    private partial void ReportLeak(DrmActors.Hardware.Memory.LeakReport report);
}
