using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>Part of a device, lent to a card of its own, which knows of nothing else. It ends when that card is closed.</summary>
/// <param name="Lessee">What the master revokes the lease by.</param>
public sealed record DrmLease(uint Lessee, DrmCard Card);

// Leases.
public sealed partial class DrmCard
{
    /// <summary>MODE_CREATE_LEASE: a card that is master of some objects, for as long as this one is master and does not revoke it. Master only.</summary>
    /// <param name="objects">Ids of CRTCs, connectors and planes, at least one of each; or none.</param>
    /// <exception cref="DrmException">
    /// EBUSY: lent already. EINVAL: other objects, one kind missing, or this card is a lessee's. ENOENT: unknown ones. ENOSPC: one twice.
    /// </exception>
    public async Task<DrmLease> LeaseAsync(IEnumerable<uint> objects, CancellationToken cancellationToken = default)
    {
        var call = new ModeCreateLease([.. objects]);
        var opened = (LeaseOpened)await Make(call, cancellationToken);
        return new DrmLease(opened.Lessee, await _adopt(opened.Card, call));
    }

    /// <summary>MODE_LIST_LESSEES: whom this master lends something.</summary>
    public async Task<ImmutableArray<uint>> ListLesseesAsync(CancellationToken cancellationToken = default) =>
        (await Require(new ModeListLessees(), cancellationToken)).Ids;

    /// <summary>MODE_GET_LEASE: the ids of what a lessee has; of all there is, for another master.</summary>
    public async Task<ImmutableArray<uint>> GetLeaseAsync(CancellationToken cancellationToken = default) =>
        (await Require(new ModeGetLease(), cancellationToken)).Ids;

    /// <summary>MODE_REVOKE_LEASE: the lessee has nothing any more; its card stays open.</summary>
    /// <exception cref="DrmException">ENOENT: no such lessee. EACCES: another's.</exception>
    public Task RevokeLeaseAsync(uint lessee, CancellationToken cancellationToken = default) =>
        Require(new ModeRevokeLease(lessee), cancellationToken);
}
