using System.Collections.Immutable;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>Draws workloads.</summary>
internal static class WorkloadGenerator
{
    /// <param name="calls">Of each client, the open that it begins with included.</param>
    public static Workload Make(WorkloadMix mix, Seed seed, int clients, int calls) =>
        new([.. Enumerable.Range(0, clients).Select(_ => Client(mix, seed, calls))]);

    private static ImmutableArray<WorkloadCall> Client(WorkloadMix mix, Seed seed, int calls)
    {
        var total = mix.Total;
        var made = ImmutableArray.CreateBuilder<WorkloadCall>(calls);
        for (var i = 0; i < calls; i++)
            made.Add(i == 0 ? OpenCall.Draw(seed) : mix.At(seed.Below(total)).Draw(seed));
        return made.MoveToImmutable();
    }
}
