namespace DrmActors.Simulation.Exploring;

/// <summary>The workloads that are drawn, one from each seed.</summary>
public sealed class WorkloadOptions
{
    /// <summary>Which calls, how often: a name (config/workloads/NAME.conf) or a file.</summary>
    public string Mix { get; set; } = "standard";

    /// <summary>What goes wrong meanwhile: a name or a file, as the mix; null for nothing.</summary>
    public string? Faults { get; set; }

    public int Clients { get; set; } = 8;

    /// <summary>Of each client.</summary>
    public int Calls { get; set; } = 60;
}
