using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>What a card has: resources, encoders, connectors.</summary>
internal static class ObjectRefusals
{
    private const ulong X = RawClient.Nowhere;

    public static IEnumerable<Refusal> All =>
    [
        Of("MODE_GETRESOURCES", "framebuffers that cannot be written", EFAULT, _ => new drm_mode_card_res { count_fbs = 9, fb_id_ptr = X }),
        Of("MODE_GETRESOURCES", "CRTCs that cannot be written", EFAULT, _ => new drm_mode_card_res { count_crtcs = 9, crtc_id_ptr = X }),
        Of("MODE_GETRESOURCES", "encoders that cannot be written", EFAULT, _ => new drm_mode_card_res { count_encoders = 9, encoder_id_ptr = X }),
        Of("MODE_GETRESOURCES", "connectors that cannot be written", EFAULT, _ => new drm_mode_card_res { count_connectors = 9, connector_id_ptr = X }),

        Of("MODE_GETENCODER", "none", ENOENT, _ => new drm_mode_get_encoder { encoder_id = Unknown }),
        Of("MODE_GETENCODER", "another kind of object", ENOENT, s => new drm_mode_get_encoder { encoder_id = s.Crtcs[0] }),

        Of("MODE_GETCONNECTOR", "none, before its arrays", ENOENT, _ => new drm_mode_get_connector { connector_id = Unknown, count_encoders = 9, encoders_ptr = X }),
        Of("MODE_GETCONNECTOR", "another kind of object", ENOENT, s => new drm_mode_get_connector { connector_id = s.Crtcs[0] }),
        Of("MODE_GETCONNECTOR", "one that was not lent", ENOENT, s => new drm_mode_get_connector { connector_id = s.Connectors[0] }) with { By = Caller.Lessee },
        Of("MODE_GETCONNECTOR", "encoders that cannot be written", EFAULT, s => new drm_mode_get_connector { connector_id = s.Connectors[0], count_modes = 1, count_encoders = 9, encoders_ptr = X }),
        Of("MODE_GETCONNECTOR", "modes that cannot be written", EFAULT, s => new drm_mode_get_connector { connector_id = s.Connectors[0], count_modes = 999, modes_ptr = X }),
        Of("MODE_GETCONNECTOR", "modes that do not fit, and are not written", None, s => new drm_mode_get_connector { connector_id = s.Connectors[0], count_modes = 1, modes_ptr = X }),
        Of("MODE_GETCONNECTOR", "properties that cannot be written", EFAULT, s => new drm_mode_get_connector
        {
            connector_id = s.Connectors[0],
            count_modes = 1,
            modes_ptr = X,
            count_props = 1,
            props_ptr = X,
            prop_values_ptr = s.Room(8),
        }),
        Of("MODE_GETCONNECTOR", "values that cannot be written", EFAULT, s => new drm_mode_get_connector
        {
            connector_id = s.Connectors[0],
            count_modes = 1,
            modes_ptr = X,
            count_props = 1,
            props_ptr = s.Room(4),
            prop_values_ptr = X,
        }),
    ];

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));
}
