using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Planes.</summary>
internal static class PlaneRefusals
{
    private const ulong X = RawClient.Nowhere;

    public static IEnumerable<Refusal> All =>
    [
        Of("MODE_GETPLANERESOURCES", "planes that cannot be written", EFAULT, _ => new drm_mode_get_plane_res { count_planes = 9, plane_id_ptr = X }),
        Of("MODE_GETPLANE", "none, before its formats", ENOENT, _ => new drm_mode_get_plane { plane_id = Unknown, count_format_types = 99, format_type_ptr = X }),
        Of("MODE_GETPLANE", "another kind of object", ENOENT, s => new drm_mode_get_plane { plane_id = s.Crtcs[0] }),
        Of("MODE_GETPLANE", "formats that cannot be written", EFAULT, s => new drm_mode_get_plane { plane_id = s.Primaries[0], count_format_types = 99, format_type_ptr = X }),
        Of("MODE_GETPLANE", "formats that do not fit, and are not written", None, s => new drm_mode_get_plane { plane_id = s.Primaries[0], count_format_types = 1, format_type_ptr = X }),
        Of("MODE_GETPLANE", "one that was not lent", ENOENT, s => new drm_mode_get_plane { plane_id = s.Primaries[0] }) with { By = Caller.Lessee },

        Set("no such plane, before the framebuffer", ENOENT, (_, a) => a with { plane_id = Unknown, fb_id = Unknown }),
        Set("no such plane, to switch off", ENOENT, (_, a) => a with { plane_id = Unknown, fb_id = 0 }),
        Set("no such framebuffer", ENOENT, (_, a) => a with { fb_id = Unknown }),
        Set("no such CRTC", ENOENT, (_, a) => a with { crtc_id = Unknown }),
        Set("a CRTC that the plane does not reach, before the source", EINVAL, (s, a) => a with { plane_id = s.Primaries[1], src_x = uint.MaxValue }),
        Set("a format that the plane does not read, before the source", EINVAL, (s, a) => a with { fb_id = s.Planar, src_x = uint.MaxValue }) with { Board = "vkms" },
        Set("a target beyond 31 bits, before the source", ERANGE, (_, a) => a with { crtc_w = int.MaxValue, crtc_x = 1, src_x = uint.MaxValue }),
        Set("a source wider than the framebuffer", ENOSPC, (_, a) => a with { src_w = 65 << 16 }),
        Set("a source that ends outside of it, by its place", ENOSPC, (_, a) => a with { src_x = 1 }),
        Set("a source that overflows", ENOSPC, (_, a) => a with { src_x = uint.MaxValue, src_w = uint.MaxValue }),
        Set("a plane that was not lent", ENOENT, (_, a) => a) with { By = Caller.Lessee },
        Set("a CRTC that was not lent", ENOENT, (s, a) => a with { plane_id = s.Primaries[1] }) with { By = Caller.Lessee },
    ];

    private static Refusal Set(string reason, Errno errno, Func<Scene, drm_mode_set_plane, drm_mode_set_plane> spoil) =>
        Of("MODE_SETPLANE", reason, errno, s => spoil(s, new drm_mode_set_plane
        {
            plane_id = s.Overlay,
            crtc_id = s.Crtcs[0],
            fb_id = s.Small,
            crtc_w = 64,
            crtc_h = 64,
            src_w = 64 << 16,
            src_h = 64 << 16,
        }));

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));
}
