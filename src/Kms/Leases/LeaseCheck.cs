using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms.Leases;

/// <summary>MODE_CREATE_LEASE: what may be lent, refused in the kernel's order. Pure.</summary>
public static class LeaseCheck
{
    private const LeaseFlags Known = LeaseFlags.NonBlock | LeaseFlags.CloseOnExec;

    /// <param name="lessor">The lease that the caller has itself, or null.</param>
    /// <param name="universalPlanes">The caller knows of primary and cursor planes. Those of its CRTCs are lent with them to one who does not.</param>
    /// <param name="lent">The caller's leases.</param>
    public static Errno Build(
        KmsState state,
        ModeCreateLease call,
        Lease? lessor,
        bool universalPlanes,
        IEnumerable<Lease> lent,
        out ImmutableSortedSet<uint> objects)
    {
        objects = [];
        if (lessor is not null || (call.Flags & ~Known) != LeaseFlags.None)
            return Errno.EINVAL;
        if (call.Fault != Errno.None)
            return call.Fault;
        var errno = Collect(state, call.Objects, universalPlanes, out objects);
        if (errno != Errno.None)
            return errno;
        var wanted = objects;
        return lent.Any(l => wanted.Overlaps(l.Objects)) ? Errno.EBUSY : Errno.None;
    }

    /// <summary>The lowest number that no lessee has.</summary>
    public static uint NextLessee(IEnumerable<Lease> lent)
    {
        var taken = lent.Select(l => l.Lessee).ToHashSet();
        var next = 1u;
        while (taken.Contains(next))
            next++;
        return next;
    }

    // An empty lease is fine; one with something in it has to be of use.
    private static Errno Collect(KmsState state, ImmutableArray<uint> ids, bool universalPlanes, out ImmutableSortedSet<uint> objects)
    {
        objects = [];
        if (ids.IsEmpty)
            return Errno.None;
        var found = new List<IModeObject>(ids.Length);
        foreach (var id in ids)
        {
            if (ModeObjectLookup.Find(state, id, ObjectType.Any) is not { } named)
                return Errno.ENOENT;
            if (named is not (Crtc or Plane or Connector))
                return Errno.EINVAL;
            found.Add(named);
        }

        if (!found.Any(f => f is Crtc) || !found.Any(f => f is Connector) || (universalPlanes && !found.Any(f => f is Plane)))
            return Errno.EINVAL;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!TryAdd(ref objects, ids[i]))
                return Errno.ENOSPC;
            if (universalPlanes || found[i] is not Crtc crtc)
                continue;
            if (!TryAdd(ref objects, crtc.Primary.Value) || (state.Config.CursorOf(crtc) is { } cursor && !TryAdd(ref objects, cursor.Id.Value)))
                return Errno.ENOSPC;
        }

        return Errno.None;
    }

    private static bool TryAdd(ref ImmutableSortedSet<uint> objects, uint id)
    {
        var before = objects.Count;
        objects = objects.Add(id);
        return objects.Count > before;
    }
}
