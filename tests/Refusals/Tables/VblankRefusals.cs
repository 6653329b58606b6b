using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Refusal;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Waits for vblanks, and their counts.</summary>
internal static class VblankRefusals
{
    private const uint Relative = (uint)VblankFlags.Relative;
    private const uint Event = (uint)VblankFlags.Event;

    public static IEnumerable<Refusal> All =>
    [
        Wait("a signal", EINVAL, Relative | (uint)VblankFlags.Signal),
        Wait("an unknown flag", EINVAL, Relative | 0x0010_0000),
        Wait("a CRTC behind the last", EINVAL, Relative | (31u << 1)),
        Wait("a CRTC that is off", EINVAL, Relative | (1u << 1)),
        Wait("the secondary one, which is off", EINVAL, Relative | (uint)VblankFlags.Secondary),
        Wait("one that is off, before the event's space", EINVAL, Relative | Event | (1u << 1)) with { Before = FillAsync },
        Wait("no event space", ENOMEM, Relative | Event) with { Before = FillAsync },
        Wait("no event space, for what has passed", ENOMEM, Event) with { Before = FillAsync },
        Wait("no vblanks, before anything of it", EOPNOTSUPP, (uint)VblankFlags.Signal) with { Board = Bare },

        Of("CRTC_GET_SEQUENCE", "no such CRTC", ENOENT, _ => new drm_crtc_get_sequence { crtc_id = Unknown }),
        Of("CRTC_GET_SEQUENCE", "a CRTC that is off", EINVAL, s => new drm_crtc_get_sequence { crtc_id = s.Crtcs[1] }),
        Of("CRTC_GET_SEQUENCE", "a CRTC that was not lent", ENOENT, s => new drm_crtc_get_sequence { crtc_id = s.Crtcs[0] }) with { By = Caller.Lessee },
        Of("CRTC_GET_SEQUENCE", "no vblanks, before the CRTC", EOPNOTSUPP, _ => new drm_crtc_get_sequence { crtc_id = Unknown }) with { Board = Bare },

        Of("CRTC_QUEUE_SEQUENCE", "no such CRTC, before the flags", ENOENT, _ => new drm_crtc_queue_sequence { crtc_id = Unknown, flags = 4 }),
        Of("CRTC_QUEUE_SEQUENCE", "an unknown flag", EINVAL, s => new drm_crtc_queue_sequence { crtc_id = s.Crtcs[0], flags = 4 }),
        Of("CRTC_QUEUE_SEQUENCE", "a CRTC that is off", EINVAL, s => new drm_crtc_queue_sequence { crtc_id = s.Crtcs[1], flags = 1 }),
        Of("CRTC_QUEUE_SEQUENCE", "a CRTC that was not lent", ENOENT, s => new drm_crtc_queue_sequence { crtc_id = s.Crtcs[0] }) with { By = Caller.Lessee },
        Of("CRTC_QUEUE_SEQUENCE", "no event space", ENOMEM, s => new drm_crtc_queue_sequence { crtc_id = s.Crtcs[0], flags = 1 }) with { Before = FillAsync },
        Of("CRTC_QUEUE_SEQUENCE", "no vblanks, before the CRTC", EOPNOTSUPP, _ => new drm_crtc_queue_sequence { crtc_id = Unknown }) with { Board = Bare },
    ];

    /// <summary>Takes all the space that the master's file has for events, by events that will not come soon.</summary>
    public static async Task FillAsync(Scene scene)
    {
        for (var i = 0; i < DrmEvent.Space / VblankEvent.Bytes; i++)
            await scene.CallAsync(scene.Master, "CRTC_QUEUE_SEQUENCE", new drm_crtc_queue_sequence { crtc_id = scene.Crtcs[0], flags = 1, sequence = 1_000_000 });
    }

    private static Refusal Wait(string reason, Errno errno, uint type) =>
        Of("WAIT_VBLANK", reason, errno, _ => new drm_wait_vblank { request = new drm_wait_vblank_request { type = type, sequence = (type & Relative) } });

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));
}
