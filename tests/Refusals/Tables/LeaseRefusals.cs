using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Leases: what is lent, to whom, and who may know.</summary>
internal static class LeaseRefusals
{
    private const ulong X = RawClient.Nowhere;

    public static IEnumerable<Refusal> All =>
    [
        new("MODE_CREATE_LEASE", "an unknown flag, before the ids", EINVAL, _ => Bytes(new drm_mode_create_lease { flags = 1, object_ids = X, object_count = 1 })),
        new("MODE_CREATE_LEASE", "a lessee, before the ids", EINVAL, _ => Bytes(new drm_mode_create_lease { object_ids = X, object_count = 1 })) { By = Caller.Lessee },
        new("MODE_CREATE_LEASE", "ids that cannot be read", EFAULT, _ => Bytes(new drm_mode_create_lease { object_ids = X, object_count = 1 })),
        new("MODE_CREATE_LEASE", "more ids than there is memory for", ENOMEM, _ => Bytes(new drm_mode_create_lease { object_ids = X, object_count = uint.MaxValue })),
        Lend("no such object", ENOENT, s => [s.Crtcs[0], Unknown]),
        Lend("an encoder", EINVAL, s => [s.Crtcs[0], s.Connectors[0], s.Primaries[0], s.Encoders[0]]),
        Lend("a framebuffer", EINVAL, s => [s.Framebuffer]),
        Lend("no CRTC", EINVAL, s => [s.Connectors[0], s.Primaries[0]]),
        Lend("no connector", EINVAL, s => [s.Crtcs[0], s.Primaries[0]]),
        Lend("no plane", EINVAL, s => [s.Crtcs[0], s.Connectors[0]]),
        Lend("one twice", ENOSPC, s => [s.Crtcs[0], s.Connectors[0], s.Primaries[0], s.Crtcs[0]]),
        Lend("what is lent already", EBUSY, s => [s.Crtcs[1], s.Connectors[0], s.Primaries[0]]),

        new("MODE_LIST_LESSEES", "padding", EINVAL, _ => Bytes(new drm_mode_list_lessees { pad = 1 })),
        new("MODE_LIST_LESSEES", "a place that cannot be written", EFAULT, _ => Bytes(new drm_mode_list_lessees { count_lessees = 9, lessees_ptr = X })),
        new("MODE_GET_LEASE", "padding", EINVAL, _ => Bytes(new drm_mode_get_lease { pad = 1 })),
        new("MODE_GET_LEASE", "a place that cannot be written", EFAULT, _ => Bytes(new drm_mode_get_lease { count_objects = 9, objects_ptr = X })) { By = Caller.Lessee },
        new("MODE_REVOKE_LEASE", "nobody", ENOENT, _ => Bytes(new drm_mode_revoke_lease { lessee_id = Unknown })),
        new("MODE_REVOKE_LEASE", "0", ENOENT, _ => Bytes(default(drm_mode_revoke_lease))),
        new("MODE_REVOKE_LEASE", "a lessee itself", EACCES, s => Bytes(new drm_mode_revoke_lease { lessee_id = s.LesseeId })) { By = Caller.Lessee },
    ];

    private static Refusal Lend(string reason, Errno errno, Func<Scene, uint[]> objects) => new("MODE_CREATE_LEASE", reason, errno, s =>
    {
        var ids = objects(s);
        return Bytes(new drm_mode_create_lease { object_ids = s.Put<uint>(ids), object_count = (uint)ids.Length });
    });
}
