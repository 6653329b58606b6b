using System.Collections.Immutable;

namespace DrmActors.Kms.Leases;

/// <summary>What a master has lent to a file. A revoked lease holds nothing.</summary>
/// <param name="Lessee">From 1, among the lessees of one lessor.</param>
/// <param name="Lessor">The master's file.</param>
/// <param name="Objects">CRTCs, planes and connectors, by their ids.</param>
public sealed record Lease(uint Lessee, ulong Lessor, ImmutableSortedSet<uint> Objects)
{
    public bool Holds(uint id) => Objects.Contains(id);

    public Lease Revoked() => this with { Objects = [] };
}
