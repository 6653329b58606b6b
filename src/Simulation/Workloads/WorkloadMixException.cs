using DrmActors.Hardware.Boards;

namespace DrmActors.Simulation.Workloads;

/// <summary>A mix that cannot be used: file, line where there is one, key, what stands there, and what would be allowed.</summary>
public sealed class WorkloadMixException : Exception
{
    internal WorkloadMixException(BoardException broken)
        : base(broken.Message, broken)
    {
    }
}
