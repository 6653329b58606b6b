using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Versions, names, capabilities, who is master.</summary>
internal static class CoreRefusals
{
    private const ulong X = RawClient.Nowhere;

    public static IEnumerable<Refusal> All =>
    [
        new("VERSION", "a name that cannot be written", EFAULT, _ => Bytes(new drm_version { name_len = 8, name = X })),
        new("VERSION", "a date that cannot be written", EFAULT, _ => Bytes(new drm_version { date_len = 8, date = X })),
        new("VERSION", "a description that cannot be written", EFAULT, _ => Bytes(new drm_version { desc_len = 8, desc = X })),
        new("VERSION", "no room and no place", None, _ => Bytes(new drm_version { name_len = 8 })),

        new("GET_UNIQUE", "a place that cannot be written", EFAULT, _ => Bytes(new drm_unique { unique_len = 99, unique = X })),
        new("GET_UNIQUE", "too little room for it", None, _ => Bytes(new drm_unique { unique_len = 1, unique = X })),

        new("GET_CLIENT", "another than one's own", EINVAL, _ => Bytes(new drm_client { idx = 1 })),
        new("GET_CLIENT", "before the first", EINVAL, _ => Bytes(new drm_client { idx = -1 })),

        new("SET_VERSION", "another interface", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = 2, drm_dd_major = -1 })),
        new("SET_VERSION", "a later interface", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = 1, drm_di_minor = 5, drm_dd_major = -1 })),
        new("SET_VERSION", "an interface before the first", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = 1, drm_di_minor = -1, drm_dd_major = -1 })),
        new("SET_VERSION", "another driver", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = -1, drm_dd_major = 9 })),
        new("SET_VERSION", "a later driver", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = -1, drm_dd_major = 1, drm_dd_minor = 99 })),
        new("SET_VERSION", "a driver before the first", EINVAL, _ => Bytes(new drm_set_version { drm_di_major = -1, drm_dd_major = 1, drm_dd_minor = -1 })),

        new("GET_CAP", "0", EINVAL, _ => Bytes(default(drm_get_cap))),
        new("GET_CAP", "between two that there are", EINVAL, _ => Bytes(new drm_get_cap { capability = 0xa })),
        new("GET_CAP", "behind the last", EINVAL, _ => Bytes(new drm_get_cap { capability = 0x1000 })),
        new("GET_CAP", "one in its lower half", EINVAL, _ => Bytes(new drm_get_cap { capability = 1ul << 32 | (ulong)Capability.DumbBuffer })),

        Cap("0", EINVAL, (ClientCapability)0, 0),
        Cap("one that nobody knows", EINVAL, (ClientCapability)99, 1),
        Cap("stereo neither on nor off", EINVAL, ClientCapability.Stereo3D, 2),
        Cap("universal planes neither on nor off", EINVAL, ClientCapability.UniversalPlanes, 2),
        Cap("aspect ratios neither on nor off", EINVAL, ClientCapability.AspectRatio, 2),
        Cap("more than atomic", EINVAL, ClientCapability.Atomic, 3),
        Cap("writeback of one who is not atomic", EINVAL, ClientCapability.WritebackConnectors, 1) with { By = Caller.Other },
        Cap("writeback neither on nor off", EINVAL, ClientCapability.WritebackConnectors, 2),
        Cap("hotspots where no cursor has one", EINVAL, ClientCapability.CursorPlaneHotspot, 1),
        Cap("hotspots of one who is not atomic", EINVAL, ClientCapability.CursorPlaneHotspot, 1) with { By = Caller.Other, Board = "no-vblank" },
        Cap("hotspots neither on nor off", EINVAL, ClientCapability.CursorPlaneHotspot, 2) with { Board = "no-vblank" },

        new("AUTH_MAGIC", "nobody's", EINVAL, _ => Bytes(new drm_auth { magic = 4711 })),
        new("AUTH_MAGIC", "0", EINVAL, _ => Bytes(new drm_auth { magic = 0 })),

        new("SET_MASTER", "one who never was", EACCES, _ => []) { By = Caller.Other },
        new("SET_MASTER", "while another is", EBUSY, _ => []) { By = Caller.Other, IsRoot = true },
        new("SET_MASTER", "a lessee whose lessor is not", EINVAL, _ => []) { By = Caller.Lessee, IsRoot = true, Before = DropAsync },
        new("DROP_MASTER", "one who never was", EACCES, _ => []) { By = Caller.Other },
        new("DROP_MASTER", "one who is not", EINVAL, _ => []) { By = Caller.Other, IsRoot = true },
        new("DROP_MASTER", "a lessee", EINVAL, _ => []) { By = Caller.Lessee, IsRoot = true },

        Name("longer than may be", EINVAL, SetClientName.MaxLength + 1, "n"),
        Name("longer than anything", EINVAL, ulong.MaxValue, "n"),
        new("SET_CLIENT_NAME", "too long where nothing is", EINVAL, _ => Bytes(new drm_set_client_name { name_len = 65, name = X })),
        new("SET_CLIENT_NAME", "where nothing is", EFAULT, _ => Bytes(new drm_set_client_name { name_len = 64, name = X })),
        Name("two words", EINVAL, 3, "a b"),
        Name("a line", EINVAL, 2, "a\n"),
        Name("cut by a 0", EINVAL, 3, "a\0b"),
        Name("what is not printed", EINVAL, 1, "\u001b"),
    ];

    private static Refusal Cap(string reason, Errno errno, ClientCapability capability, ulong value) =>
        new("SET_CLIENT_CAP", reason, errno, _ => Bytes(new drm_set_client_cap { capability = (ulong)capability, value = value }));

    private static Refusal Name(string reason, Errno errno, ulong length, string name) =>
        new("SET_CLIENT_NAME", reason, errno, s => Bytes(new drm_set_client_name { name_len = length, name = s.Put<byte>([.. name.Select(c => (byte)c)]) }));

    private static async Task DropAsync(Scene scene) =>
        Assert.Equal(None, await scene.Client.IoctlAsync(scene.Master, IoctlTable.RowNamed("DROP_MASTER")!.Number, []));
}
