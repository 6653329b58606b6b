using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>CREATE_LEASE of a CRTC, a connector and a plane, which may be lent already; now and then one of these is missing, or something else.</summary>
internal sealed record LeaseCall(int Crtc, int Connector, int Plane, uint Instead) : WorkloadCall
{
    public static LeaseCall Draw(Seed seed) =>
        new(Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), seed.OneIn(8) ? (uint)seed.Below(80) + 1 : 0);

    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Task.FromResult(Errno.EAGAIN);
        return client.LeaseAsync([facts.Crtc(Crtc).Value, facts.Connector(Connector).Value, Instead == 0 ? facts.Plane(Plane).Value : Instead]);
    }
}

/// <summary>What a lessee is told, and what it tries on any CRTC and with what its lessor has lit.</summary>
internal sealed record UseLeaseCall(int Slot, int Crtc, bool Flip) : WorkloadCall
{
    public static UseLeaseCall Draw(Seed seed) => new(Slots.Draw(seed), Slots.Draw(seed), seed.OneIn(2));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Leases.At(Slot) is not { } lease || client.Facts is not { } facts)
            return Errno.EAGAIN;
        if (Flip && client.Lit is { } lit)
            return (await client.CallAsync(lease, new ModePageFlip(facts.Crtc(Crtc), lit.Shown.Id, PageFlipFlags.None, 0))).Errno;
        var errno = (await client.CallAsync(lease, new ModeGetLease())).Errno;
        return errno == Errno.None ? (await client.CallAsync(lease, new ModeGetResources())).Errno : errno;
    }
}

internal sealed record EndLeaseCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Leases.At(Slot) is { } lease ? await client.EndLeaseAsync(lease) : Errno.EAGAIN;
}

/// <summary>REVOKE_LEASE of a lease that this client has made, perhaps by another file of its.</summary>
internal sealed record RevokeLeaseCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Leases.At(Slot) is { } lease ? await client.ErrnoAsync(new ModeRevokeLease(lease.Lessee)) : Errno.EAGAIN;
}

internal sealed record ListLesseesCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new ModeListLessees());
}
