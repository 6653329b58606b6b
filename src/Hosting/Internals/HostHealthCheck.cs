using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrmActors.Hosting.Internals;

/// <summary>Healthy when every board is up and its card answers.</summary>
internal sealed class HostHealthCheck(DrmHost host) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var boards = host.Boards;
        if (host.LostBoards is [var lost, ..])
            return new HealthCheckResult(context.Registration.FailureStatus, $"card{lost.Minor} ({lost.Name}) is gone");
        if (boards.Count == 0)
            return new HealthCheckResult(context.Registration.FailureStatus, "no board is up");
        foreach (var board in boards)
            if (!await host.IsThereAsync(board.Minor, cancellationToken))
                return new HealthCheckResult(context.Registration.FailureStatus, $"card{board.Minor} ({board.Name}) is gone");
        return HealthCheckResult.Healthy($"{boards.Count} up; {host.Usage}");
    }
}
