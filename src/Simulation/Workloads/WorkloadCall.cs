using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>One call of a client: what it is called in mixes and files stands in <see cref="CallKinds"/>.</summary>
internal abstract record WorkloadCall
{
    /// <summary>Makes the call and keeps what it brings.</summary>
    /// <returns>As the card answered; EBADF for a client that has no card open, and EAGAIN where there is nothing to call with.</returns>
    public abstract Task<Errno> RunAsync(WorkloadClient client);
}
