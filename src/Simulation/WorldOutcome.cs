using DrmActors.Hardware.Memory;
using DrmActors.Hosting;

namespace DrmActors.Simulation;

/// <summary>How a run ended.</summary>
public enum WorldEnd
{
    /// <summary>The workload came to its end, and nothing is left.</summary>
    Passed,

    /// <summary>The workload, or an invariant, threw.</summary>
    Failed,

    /// <summary>Nothing is ready and no time is waited for, but the workload is not over: somebody waits for what never comes.</summary>
    Deadlock,

    /// <summary>More steps than a run may have.</summary>
    Livelock,
}

/// <summary>What one run of a world was.</summary>
/// <param name="TraceHash">Equal for two runs in which the same messages came to the same actors in the same order.</param>
/// <param name="Deliveries">Messages that actors got.</param>
/// <param name="Choices">Steps that were one of several.</param>
/// <param name="Elapsed">Virtual time.</param>
/// <param name="Failure">What was thrown; of a deadlock and a livelock, who waits for what; null for a run that passed.</param>
/// <param name="Leaks">Null where the host did not come to its end.</param>
public sealed record WorldOutcome(
    WorldEnd End, ulong TraceHash, long Deliveries, long Choices, TimeSpan Elapsed, Exception? Failure, LeakReport? Leaks);
