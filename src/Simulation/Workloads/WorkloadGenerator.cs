using System.Collections.Immutable;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>Draws workloads.</summary>
internal static class WorkloadGenerator
{
    /// <param name="calls">Of each client, the open that it begins with included.</param>
    /// <param name="faults">What goes wrong meanwhile; null for nothing.</param>
    public static Workload Make(WorkloadMix mix, Seed seed, int clients, int calls, FaultMix? faults = null) =>
        new([.. Enumerable.Range(0, clients).Select(i => Client(mix, seed, calls, faults, i == 0))]);

    private static ImmutableArray<WorkloadCall> Client(WorkloadMix mix, Seed seed, int calls, FaultMix? faults, bool isFirst)
    {
        var total = mix.Total;
        var made = ImmutableArray.CreateBuilder<WorkloadCall>(calls);
        for (var i = 0; i < calls; i++)
            made.Add(i == 0 ? OpenCall.Draw(seed) : faults?.Draw(seed) ?? mix.At(seed.Below(total)).Draw(seed));
        // What is set up for good is so from the first call on.
        return isFirst && faults is not null ? [made[0], .. faults.Always.Select(a => a with { Seed = seed.Below(int.MaxValue) }), .. made.Skip(1)] : made.MoveToImmutable();
    }
}
