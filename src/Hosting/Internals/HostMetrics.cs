using System.Diagnostics.Metrics;

namespace DrmActors.Hosting.Internals;

/// <summary>What the cards of a host hold, as gauges; read when somebody collects, and free of charge else.</summary>
internal sealed class HostMetrics : IDisposable
{
    public const string MeterName = "DrmActors";

    private readonly Meter _meter;

    public HostMetrics(DrmHost host, IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _meter.CreateObservableGauge("drm.objects", () => host.Usage.Objects, "{object}", "GEM objects that are alive");
        _meter.CreateObservableGauge("drm.pages", () => host.Usage.Pages, "{page}", "Pages of 4 KiB that they hold");
        _meter.CreateObservableGauge("drm.mappings", () => host.Usage.Mappings, "{mapping}", "Mappings that are not given back");
    }

    public void Dispose() => _meter.Dispose();
}
