using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Framebuffers, made, looked at, damaged and removed.</summary>
internal static class FramebufferRefusals
{
    private const ulong X = RawClient.Nowhere;

    private delegate void Spoil(Scene scene, ref drm_mode_fb_cmd2 add);

    public static IEnumerable<Refusal> All =>
    [
        Add("depth and bits without a format", EINVAL, a => a with { depth = 13 }),
        Add("a format that no plane shows", EINVAL, a => a with { depth = 30 }),
        Add("no handle", EINVAL, a => a with { handle = 0 }),
        Add("a handle that is not held", ENOENT, a => a with { handle = 99 }),
        Add("a pitch too small by a byte, before the handle", EINVAL, a => a with { pitch = a.pitch - 1, handle = 99 }),
        Add("a row more than the object has", EINVAL, a => a with { height = a.height + 1 }),
        Add("wider than the device can", EINVAL, a => a with { width = 4097, pitch = 4097 * 4 }),
        Add("no width", EINVAL, a => a with { width = 0 }),

        Add2("an unknown flag", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.flags = 4),
        Add2("wider than the device can", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.width = 4097),
        Add2("higher than the device can", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.height = 4097),
        Add2("no width", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.width = 0),
        Add2("no height", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.height = 0),
        Add2("an unknown format", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.pixel_format = 0x20202020),
        Add2("a format that no plane shows, before the handle", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.pixel_format, a.handles[0]) = (Fourcc.C8, 99)),
        Add2("a modifier that no plane shows", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.flags, a.modifier[0]) = (2, 0x00ff_ffff_ffff_ffff)),
        Add2("no handle", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.handles[0] = 0),
        Add2("rows beyond 32 bits, before the pitch is too small", ERANGE, (Scene _, ref drm_mode_fb_cmd2 a) => a.pitches[0] = uint.MaxValue),
        Add2("an offset that brings the end beyond 32 bits", ERANGE, (Scene _, ref drm_mode_fb_cmd2 a) => a.offsets[0] = uint.MaxValue),
        Add2("a pitch too small by a byte, before the handle", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.pitches[0], a.handles[0]) = (255, 99)),
        Add2("a modifier without the flag", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.modifier[0] = 1),
        Add2("a modifier of a plane that the format has not", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.modifier[1] = 1),
        Add2("a handle of a plane that the format has not", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.flags, a.handles[1]) = (2, a.handles[0])),
        Add2("a pitch of a plane that the format has not", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.flags, a.pitches[3]) = (2, 1)),
        Add2("an offset of a plane that the format has not", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => (a.flags, a.offsets[2]) = (2, 1)),
        Add2("planes of different modifiers", EINVAL, (Scene s, ref drm_mode_fb_cmd2 a) =>
        {
            Planar(s, ref a);
            (a.flags, a.modifier[1]) = (2, 0x0800_0000_0000_0051);
        }),
        Add2("a second plane without a handle", EINVAL, (Scene s, ref drm_mode_fb_cmd2 a) =>
        {
            Planar(s, ref a);
            a.handles[1] = 0;
        }),
        Add2("a handle that is not held", ENOENT, (Scene _, ref drm_mode_fb_cmd2 a) => a.handles[0] = 99),
        Add2("a second plane whose handle is not held", ENOENT, (Scene s, ref drm_mode_fb_cmd2 a) =>
        {
            Planar(s, ref a);
            a.handles[1] = 99;
        }),
        Add2("an object too small by a pixel", EINVAL, (Scene _, ref drm_mode_fb_cmd2 a) => a.offsets[0] = 4),
        Add2("a second plane that ends behind its object", EINVAL, (Scene s, ref drm_mode_fb_cmd2 a) =>
        {
            Planar(s, ref a);
            a.offsets[1] += s.SmallBuffer.pitch * 17;
        }),

        Of("MODE_GETFB", "0", ENOENT, _ => new drm_mode_fb_cmd { fb_id = 0 }),
        Of("MODE_GETFB", "none", ENOENT, _ => new drm_mode_fb_cmd { fb_id = Unknown }),
        Of("MODE_GETFB", "what is no framebuffer", ENOENT, s => new drm_mode_fb_cmd { fb_id = s.Crtcs[0] }),
        Of("MODE_GETFB", "one of two planes", EINVAL, s => new drm_mode_fb_cmd { fb_id = s.Planar }),
        Of("MODE_GETFB2", "none", ENOENT, _ => new drm_mode_fb_cmd2 { fb_id = Unknown }),

        Of("MODE_RMFB", "0", ENOENT, _ => 0u),
        Of("MODE_RMFB", "none", ENOENT, _ => Unknown),
        Of("MODE_RMFB", "another file's", ENOENT, s => s.Foreign),
        Of("MODE_RMFB", "another kind of object", ENOENT, s => s.Crtcs[0]),

        Of("MODE_CLOSEFB", "padding, before the framebuffer", EINVAL, _ => new drm_mode_closefb { fb_id = Unknown, pad = 1 }),
        Of("MODE_CLOSEFB", "none", ENOENT, _ => new drm_mode_closefb { fb_id = Unknown }),
        Of("MODE_CLOSEFB", "another file's", ENOENT, s => new drm_mode_closefb { fb_id = s.Foreign }),

        Of("MODE_DIRTYFB", "none, before clips that cannot be read", ENOENT, _ => new drm_mode_fb_dirty_cmd { fb_id = Unknown, num_clips = 1, clips_ptr = X }),
        Of("MODE_DIRTYFB", "a count without clips", EINVAL, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, num_clips = 1 }),
        Of("MODE_DIRTYFB", "clips without a count", EINVAL, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, clips_ptr = X }),
        Of("MODE_DIRTYFB", "a copy without its target", EINVAL, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, flags = 1, num_clips = 3, clips_ptr = X }),
        Of("MODE_DIRTYFB", "a clip more than can be", EINVAL, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, num_clips = 257, clips_ptr = X }),
        Of("MODE_DIRTYFB", "clips that cannot be read", EFAULT, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, num_clips = 256, clips_ptr = X }),
        Of("MODE_DIRTYFB", "a driver that is not told", ENOSYS, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small }) with { Board = "vkms" },
        Of("MODE_DIRTYFB", "clips that cannot be read, before the driver", EFAULT, s => new drm_mode_fb_dirty_cmd { fb_id = s.Small, num_clips = 1, clips_ptr = X }) with { Board = "vkms" },
    ];

    private static Refusal Add(string reason, Errno errno, Func<drm_mode_fb_cmd, drm_mode_fb_cmd> spoil) =>
        new("MODE_ADDFB", reason, errno, s => Bytes(spoil(Scene.Add(s.SmallBuffer))));

    private static Refusal Add2(string reason, Errno errno, Spoil spoil) => new("MODE_ADDFB2", reason, errno, s =>
    {
        var add = Scene.Add2(s.SmallBuffer);
        spoil(s, ref add);
        return Bytes(add);
    });

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));

    private static void Planar(Scene scene, ref drm_mode_fb_cmd2 add)
    {
        (add.pixel_format, add.height) = (Fourcc.Nv12, 32);
        (add.handles[1], add.pitches[1], add.offsets[1]) = (add.handles[0], add.pitches[0], scene.SmallBuffer.pitch * 32);
    }
}
