using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>A lease, and the id of its file.</summary>
internal sealed record HeldLease(uint Lessee, ulong File, DrmCard Card);

// What a client has lent; its lessees outlive its own file.
internal sealed partial class WorkloadClient
{
    public Slots<HeldLease> Leases { get; } = new();

    public async Task<Errno> LeaseAsync(uint[] objects)
    {
        if (Card is not { } card)
            return Errno.EBADF;
        var observed = watch.Begin(Index, _errnos.Count, _file, new ModeCreateLease([.. objects]));
        try
        {
            var lease = await card.LeaseAsync(objects);
            var held = new HeldLease(lease.Lessee, NumberOf(lease.Card), lease.Card);
            Leases.Add(held);
            watch.End(observed, Errno.None, held);
            return Errno.None;
        }
        catch (DrmException refused)
        {
            watch.End(observed, refused.Errno, null);
            return refused.Errno;
        }
    }

    /// <summary>A call of a lessee.</summary>
    public async Task<Reply<T>> CallAsync<T>(HeldLease lease, IIoctl<T> call)
        where T : class
    {
        var observed = watch.Begin(Index, _errnos.Count, lease.File, call);
        var reply = await lease.Card.CallAsync(call);
        watch.End(observed, reply.Errno, reply.Value);
        return reply;
    }

    public async Task<Errno> EndLeaseAsync(HeldLease lease)
    {
        Leases.Remove(lease);
        var reply = await CallAsync(lease, new CloseFile());
        await lease.Card.DisposeAsync();
        return reply.Errno;
    }
}
