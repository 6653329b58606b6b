using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Refusal;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>CRTCs: read, lit, flipped, with cursors and gamma tables.</summary>
internal static class CrtcRefusals
{
    private const ulong X = RawClient.Nowhere;
    private const uint Event = (uint)PageFlipFlags.Event;
    private const uint Relative = (uint)PageFlipFlags.TargetRelative;
    private const uint Absolute = (uint)PageFlipFlags.TargetAbsolute;

    public static IEnumerable<Refusal> All => [.. Reads, .. SetCrtc, .. Flips, .. Cursors, .. Gamma];

    private static IEnumerable<Refusal> Reads =>
    [
        Of("MODE_GETCRTC", "none", ENOENT, _ => new drm_mode_crtc { crtc_id = Unknown }),
        Of("MODE_GETCRTC", "another kind of object", ENOENT, s => new drm_mode_crtc { crtc_id = s.Connectors[0] }),
        Of("MODE_GETCRTC", "one that was not lent", ENOENT, s => new drm_mode_crtc { crtc_id = s.Crtcs[0] }) with { By = Caller.Lessee },
    ];

    private static IEnumerable<Refusal> SetCrtc =>
    [
        Set("a column beyond 16 bits, before the CRTC", ERANGE, (_, a) => a with { x = 0x1_0000, crtc_id = Unknown }),
        Set("a row beyond 16 bits", ERANGE, (_, a) => a with { y = 0x1_0000 }),
        Set("no such CRTC, before the framebuffer", ENOENT, (_, a) => a with { crtc_id = Unknown, fb_id = Unknown }),
        Set("no such framebuffer, before the mode", ENOENT, (_, a) => a with { fb_id = Unknown, mode = default }),
        Set("the present framebuffer where there is none", EINVAL, (s, a) => a with { crtc_id = s.Crtcs[1], fb_id = uint.MaxValue }),
        Set("a mode that cannot be, before the format", EINVAL, (s, a) => a with { mode = default, fb_id = s.Small }),
        Set("a mode whose parts do not follow each other", EINVAL, (_, a) => a with { mode = a.mode with { hsync_start = 1 } }),
        Set("a flag of modes that nobody knows", EINVAL, (_, a) => a with { mode = a.mode with { flags = 1u << 30 } }),
        Set("a format that the plane does not read", EINVAL, (s, a) => a with { fb_id = s.Planar }) with { Board = "vkms" },
        Set("a framebuffer smaller than the mode, before the connectors", ENOSPC, (s, a) => a with { fb_id = s.Small, count_connectors = 0 }),
        Set("a corner that leaves too little of it", ENOSPC, (_, a) => a with { x = 1 }),
        Set("a mode without connectors", EINVAL, (_, a) => a with { count_connectors = 0 }),
        Set("connectors without a mode, before they are read", EINVAL, (_, a) => a with { mode_valid = 0, set_connectors_ptr = X }),
        Set("more connectors than there are, before they are read", EINVAL, (s, a) => a with { count_connectors = (uint)s.Connectors.Length + 9, set_connectors_ptr = X }),
        Set("more connectors than can be counted", EINVAL, (_, a) => a with { count_connectors = uint.MaxValue, set_connectors_ptr = X }),
        Set("connectors that cannot be read", EFAULT, (_, a) => a with { set_connectors_ptr = X }),
        Set("connectors that cannot be read, behind a small framebuffer", ENOSPC, (s, a) => a with { set_connectors_ptr = X, fb_id = s.Small }),
        Set("no such connector", ENOENT, (s, a) => a with { set_connectors_ptr = s.Put(Unknown) }),
        Set("a connector of another kind", ENOENT, (s, a) => a with { set_connectors_ptr = s.Put(s.Crtcs[0]) }),
        Set("outputs that are not clones", EINVAL, (s, a) => a with { set_connectors_ptr = s.Put(s.Connectors[0], s.Connectors[1]), count_connectors = 2 }),
        Set("a CRTC that was not lent", ENOENT, (_, a) => a) with { By = Caller.Lessee },
        Set("a connector that was not lent", ENOENT, (s, a) => a with { crtc_id = s.Crtcs[1] }) with { By = Caller.Lessee },
        Set("more than the bandwidth", EINVAL, (s, a) => a with { mode = Faster(a.mode) }),
    ];

    private static IEnumerable<Refusal> Flips =>
    [
        Flip("an unknown flag, before the CRTC", EINVAL, (_, a) => a with { flags = 0x10, crtc_id = Unknown }),
        Flip("a target without a flag for it", EINVAL, (_, a) => a with { reserved = 1, crtc_id = Unknown }),
        Flip("both kinds of target", EINVAL, (_, a) => a with { flags = Relative | Absolute, crtc_id = Unknown }),
        Flip("at once, where the hardware cannot", EINVAL, (_, a) => a with { flags = (uint)PageFlipFlags.Async, crtc_id = Unknown }),
        Flip("no such CRTC, before the target", ENOENT, (_, a) => a with { crtc_id = Unknown, flags = Relative }),
        Flip("a relative target of a driver without them, before what is shown", EINVAL, (s, a) => a with { crtc_id = s.Crtcs[1], flags = Relative }),
        Flip("an absolute target of a driver without them", EINVAL, (_, a) => a with { flags = Absolute, fb_id = Unknown }),
        Flip("where nothing is shown, before the framebuffer", EBUSY, (s, a) => a with { crtc_id = s.Crtcs[1], fb_id = Unknown }),
        Flip("no such framebuffer", ENOENT, (_, a) => a with { fb_id = Unknown }),
        Flip("a framebuffer that is smaller", ENOSPC, (s, a) => a with { fb_id = s.Small }),
        Flip("another format", EINVAL, (s, a) => a with { fb_id = s.OtherFormat }),
        Flip("a CRTC that was not lent", ENOENT, (_, a) => a) with { By = Caller.Lessee },
        Flip("a target behind the next vblank, before what is shown", EINVAL, (_, a) => a with { flags = Relative, reserved = 2, fb_id = Unknown }) with { Board = "wall" },
        Flip("a CRTC that is off, and has no vblank to aim at", EINVAL, (s, a) => a with { crtc_id = s.Crtcs[1] }) with { Board = "wall" },
        Flip("no event space", ENOMEM, (_, a) => a with { flags = Event }) with { Before = VblankRefusals.FillAsync },
        Flip("no event space, behind another format", EINVAL, (s, a) => a with { flags = Event, fb_id = s.OtherFormat }) with { Before = VblankRefusals.FillAsync },
    ];

    private static IEnumerable<Refusal> Cursors => ((string[])["MODE_CURSOR", "MODE_CURSOR2"]).SelectMany(ioctl => (Refusal[])
    [
        Cursor(ioctl, "no flag, before the CRTC", EINVAL, (_, a) => a with { flags = 0, crtc_id = Unknown }),
        Cursor(ioctl, "an unknown flag", EINVAL, (_, a) => a with { flags = 4 }),
        Cursor(ioctl, "no such CRTC, before the buffer", ENOENT, (_, a) => a with { crtc_id = Unknown, handle = 99 }),
        Cursor(ioctl, "a buffer that is not held", ENOENT, (_, a) => a with { handle = 99 }),
        Cursor(ioctl, "a buffer that is smaller", EINVAL, (_, a) => a with { height = 65 }),
        Cursor(ioctl, "no width", EINVAL, (_, a) => a with { width = 0 }),
        Cursor(ioctl, "a CRTC that was not lent", ENOENT, (_, a) => a with { flags = 2 }) with { By = Caller.Lessee },
        Cursor(ioctl, "a new one where there is none", ENXIO, (_, a) => a with { handle = 99 }) with { Board = Bare },
        Cursor(ioctl, "a move where there is none", EFAULT, (_, a) => a with { flags = 2 }) with { Board = Bare },
    ]);

    private static IEnumerable<Refusal> Gamma =>
    [
        Lut("MODE_GETGAMMA", "no such CRTC, before the size", ENOENT, (_, a) => a with { crtc_id = Unknown, gamma_size = 0 }),
        Lut("MODE_GETGAMMA", "another size, before the columns", EINVAL, (_, a) => a with { gamma_size = 16, red = X }),
        Lut("MODE_GETGAMMA", "red that cannot be written", EFAULT, (_, a) => a with { red = X }),
        Lut("MODE_GETGAMMA", "green that cannot be written", EFAULT, (_, a) => a with { green = X }),
        Lut("MODE_GETGAMMA", "blue that cannot be written", EFAULT, (_, a) => a with { blue = X }),
        Lut("MODE_GETGAMMA", "a CRTC that was not lent", ENOENT, (_, a) => a) with { By = Caller.Lessee },
        Lut("MODE_SETGAMMA", "no such CRTC, before the size", ENOENT, (_, a) => a with { crtc_id = Unknown, gamma_size = 0 }),
        Lut("MODE_SETGAMMA", "a CRTC without a table, before the size", ENOSYS, (_, a) => a with { gamma_size = 16, red = X }) with { Board = "vkms" },
        Lut("MODE_SETGAMMA", "another size, before the columns", EINVAL, (_, a) => a with { gamma_size = 16, red = X }),
        Lut("MODE_SETGAMMA", "a size beyond everything", EINVAL, (_, a) => a with { gamma_size = uint.MaxValue }),
        Lut("MODE_SETGAMMA", "red that cannot be read", EFAULT, (_, a) => a with { red = X }),
        Lut("MODE_SETGAMMA", "blue that cannot be read", EFAULT, (_, a) => a with { blue = X }),
    ];

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));

    private static Refusal Set(string reason, Errno errno, Func<Scene, drm_mode_crtc, drm_mode_crtc> spoil) =>
        Of("MODE_SETCRTC", reason, errno, s => spoil(s, s.SetCrtc()));

    private static Refusal Flip(string reason, Errno errno, Func<Scene, drm_mode_crtc_page_flip, drm_mode_crtc_page_flip> spoil) =>
        Of("MODE_PAGE_FLIP", reason, errno, s => spoil(s, new drm_mode_crtc_page_flip { crtc_id = s.Crtcs[0], fb_id = s.Framebuffer }));

    // The one is the beginning of the other.
    private static Refusal Cursor(string ioctl, string reason, Errno errno, Func<Scene, drm_mode_cursor2, drm_mode_cursor2> spoil) =>
        new(ioctl, reason, errno, s => Bytes(spoil(s, new drm_mode_cursor2
        {
            flags = (uint)CursorFlags.Bo,
            crtc_id = s.Crtcs[0],
            width = 64,
            height = 64,
            handle = s.SmallBuffer.handle,
        }))[..IoctlTable.RowNamed(ioctl)!.Number.Size]);

    private static Refusal Lut(string ioctl, string reason, Errno errno, Func<Scene, drm_mode_crtc_lut, drm_mode_crtc_lut> spoil) => Of(ioctl, reason, errno, s =>
    {
        var column = s.Room((int)s.GammaSize * sizeof(ushort));
        return spoil(s, new drm_mode_crtc_lut { crtc_id = s.Crtcs[0], gamma_size = s.GammaSize, red = column, green = column, blue = column });
    });

    // Beyond every link's clock.
    private static drm_mode_modeinfo Faster(drm_mode_modeinfo mode) => mode with { clock = 2_000_000 };
}
