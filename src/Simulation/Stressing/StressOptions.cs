using DrmActors.Simulation.Exploring;

namespace DrmActors.Simulation.Stressing;

/// <summary>What a stress run does, and for how long.</summary>
public sealed class StressOptions
{
    /// <summary>Which calls, of how many clients, and what goes wrong meanwhile. There is no end to the calls of one client.</summary>
    public WorkloadOptions Workloads { get; } = new() { Clients = 16 };

    /// <summary>The boards: a name (config/boards/NAME.conf) or a file. None for the rk3399. The clients take turns at them.</summary>
    public IList<string> Boards { get; } = [];

    /// <summary>Whatever comes first of this and <see cref="Operations"/>.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls of all clients together; null for as many as there is time for.</summary>
    public long? Operations { get; set; }

    /// <summary>Clients that are processes of their own, in place of those on threads; 0 for none. What starts them is not here.</summary>
    public int Processes { get; set; }

    /// <summary>What is drawn; the order is the machine's.</summary>
    public int Seed { get; set; }
}
