using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Refusal;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Handles, names, dumb buffers.</summary>
internal static class BufferRefusals
{
    public static IEnumerable<Refusal> All =>
    [
        new("GEM_CLOSE", "0", EINVAL, _ => Bytes(default(drm_gem_close))),
        new("GEM_CLOSE", "not held", EINVAL, _ => Bytes(new drm_gem_close { handle = 99 })),
        new("GEM_CLOSE", "another file's", EINVAL, s => Bytes(new drm_gem_close { handle = s.SmallBuffer.handle })) { By = Caller.Other },
        new("GEM_CLOSE", "padding", EINVAL, s => Bytes(new drm_gem_close { handle = s.SmallBuffer.handle, pad = 1 })),
        new("GEM_FLINK", "0", ENOENT, _ => Bytes(default(drm_gem_flink))),
        new("GEM_FLINK", "not held", ENOENT, _ => Bytes(new drm_gem_flink { handle = 99 })),
        new("GEM_OPEN", "0", ENOENT, _ => Bytes(default(drm_gem_open))),
        new("GEM_OPEN", "nobody's name", ENOENT, _ => Bytes(new drm_gem_open { name = 4711 })),

        new("PRIME_HANDLE_TO_FD", "an unknown flag, before the handle", EINVAL, _ => Bytes(new drm_prime_handle { handle = 99, flags = 4 })),
        new("PRIME_HANDLE_TO_FD", "0", ENOENT, _ => Bytes(default(drm_prime_handle))),
        new("PRIME_HANDLE_TO_FD", "not held", ENOENT, _ => Bytes(new drm_prime_handle { handle = 99 })),
        new("PRIME_HANDLE_TO_FD", "a driver without, before the flags", ENOSYS, _ => Bytes(new drm_prime_handle { flags = 4 })) { Board = Bare },
        new("PRIME_FD_TO_HANDLE", "no descriptor", EBADF, _ => Bytes(new drm_prime_handle { fd = -1 })),
        new("PRIME_FD_TO_HANDLE", "a descriptor that is not open", EBADF, _ => Bytes(new drm_prime_handle { fd = 1_000_000 })),
        new("PRIME_FD_TO_HANDLE", "a driver without, before the descriptor", ENOSYS, _ => Bytes(new drm_prime_handle { fd = -1 })) { Board = Bare },

        Create("no width", EINVAL, 0, 16, 32),
        Create("no height", EINVAL, 16, 0, 32),
        Create("no bits", EINVAL, 16, 16, 0),
        Create("bits beyond 32 bits when rounded", EINVAL, 16, 16, uint.MaxValue),
        Create("a row beyond 32 bits", EINVAL, uint.MaxValue, 1, 32),
        Create("a size beyond 32 bits", EINVAL, 0x1_0000, 0x1_0000, 32),
        Create("a size that its last page brings beyond 32 bits", EINVAL, 0xffff_ffff, 1, 8),
        Create("more than there is", ENOMEM, 0x8000, 0x7000, 32),

        new("MODE_MAP_DUMB", "0", ENOENT, _ => Bytes(default(drm_mode_map_dumb))),
        new("MODE_MAP_DUMB", "not held", ENOENT, _ => Bytes(new drm_mode_map_dumb { handle = 99 })),
        new("MODE_MAP_DUMB", "another file's", ENOENT, s => Bytes(new drm_mode_map_dumb { handle = s.SmallBuffer.handle })) { By = Caller.Other },
        new("MODE_DESTROY_DUMB", "0", EINVAL, _ => Bytes(default(drm_mode_destroy_dumb))),
        new("MODE_DESTROY_DUMB", "not held", EINVAL, _ => Bytes(new drm_mode_destroy_dumb { handle = 99 })),
    ];

    private static Refusal Create(string reason, Errno errno, uint width, uint height, uint bpp) =>
        new("MODE_CREATE_DUMB", reason, errno, _ => Bytes(new drm_mode_create_dumb { width = width, height = height, bpp = bpp }));
}
