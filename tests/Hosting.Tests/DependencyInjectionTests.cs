using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DrmActors.Hosting.Tests;

public sealed class DependencyInjectionTests
{
    [Fact]
    public async Task A_host_should_boot_and_end_with_its_application()
    {
        using var application = Build();
        var host = application.Services.GetRequiredService<DrmHost>();
        var opening = host.OpenAsync();
        Assert.False(opening.IsCompleted);

        await application.StartAsync();
        await using (var card = await opening)
            Assert.Equal("rockchip", (await card.VersionAsync()).Name);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(application));
        await application.StopAsync();

        Assert.True((await host.ShutdownAsync()).IsClean);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(application));
    }

    [Fact]
    public async Task The_gauges_should_follow_what_is_held()
    {
        using var application = Build();
        await application.StartAsync();
        var host = application.Services.GetRequiredService<DrmHost>();
        await using var card = await host.OpenAsync();
        var before = Read(application);

        await using var buffer = await card.CreateDumbAsync(64, 64);
        using (await buffer.MapAsync())
        {
            var after = Read(application);
            Assert.Equal((before.Objects + 1, before.Pages + 4, before.Mappings + 1), after);
        }

        await application.StopAsync();
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddDrmActors(static options => options.Time = TimeMode.Virtual);
        return builder.Build();
    }

    private static async Task<HealthStatus> HealthAsync(IHost application) =>
        (await application.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;

    private static (long Objects, long Pages, long Mappings) Read(IHost application)
    {
        var values = new Dictionary<string, long>();
        using var listener = new MeterListener();
        // Only this application's: other tests have hosts of their own.
        var factory = application.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "DrmActors" && ReferenceEquals(instrument.Meter.Scope, factory))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return (values["drm.objects"], values["drm.pages"], values["drm.mappings"]);
    }
}
