using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Leases.</summary>
internal static class LeaseCodec
{
    /// <summary>More than any device has; the kernel has no memory for many more.</summary>
    private const uint MostObjects = 1 << 14;

    /// <summary>Where in its argument the number of the lessee's descriptor goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<drm_mode_create_lease>(nameof(drm_mode_create_lease.fd));

    public static readonly ArgumentCodec Create =
        new ArgumentCodec<drm_mode_create_lease, ModeCreateLease, LeaseCreated>(
            DecodeCreate,
            (ref a, reply, _) =>
            {
                a.lessee_id = reply.Lessee;
                return Errno.None;
            });

    public static readonly ArgumentCodec ListLessees =
        new ArgumentCodec<drm_mode_list_lessees, ModeListLessees, Lessees>(
            (in a, _) => new ModeListLessees(a.pad),
            (ref a, reply, memory) => memory.WriteWhatFits(a.lessees_ptr, ref a.count_lessees, reply.Ids));

    public static readonly ArgumentCodec Get =
        new ArgumentCodec<drm_mode_get_lease, ModeGetLease, LeasedObjects>(
            (in a, _) => new ModeGetLease(a.pad),
            (ref a, reply, memory) => memory.WriteWhatFits(a.objects_ptr, ref a.count_objects, reply.Ids));

    public static readonly ArgumentCodec Revoke =
        new ArgumentCodec<drm_mode_revoke_lease, ModeRevokeLease, Done>((in a, _) => new ModeRevokeLease(a.lessee_id));

    private static ModeCreateLease DecodeCreate(in drm_mode_create_lease a, IClientMemory memory)
    {
        var flags = (LeaseFlags)a.flags;
        if (a.object_count > MostObjects)
        {
            return new ModeCreateLease([], flags) { Fault = Errno.ENOMEM };
        }

        var ids = new uint[a.object_count];
        return memory.TryReadArray<uint>(a.object_ids, ids)
            ? new ModeCreateLease(ImmutableCollectionsMarshal.AsImmutableArray(ids), flags)
            : new ModeCreateLease([], flags) { Fault = Errno.EFAULT };
    }
}
