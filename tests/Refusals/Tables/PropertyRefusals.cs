using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;
using P = DrmActors.Kms.StandardProperties;

namespace DrmActors.Refusals.Tables;

/// <summary>Properties of objects, one at a time, and blobs.</summary>
internal static class PropertyRefusals
{
    private const ulong X = RawClient.Nowhere;

    public static IEnumerable<Refusal> All => [.. Reads, .. Sets, .. Blobs];

    private static IEnumerable<Refusal> Reads =>
    [
        Of("MODE_GETPROPERTY", "none, before its arrays", ENOENT, _ => new drm_mode_get_property { prop_id = Unknown, count_values = 9, values_ptr = X }),
        Of("MODE_GETPROPERTY", "another kind of object", ENOENT, s => new drm_mode_get_property { prop_id = s.Crtcs[0] }),
        Of("MODE_GETPROPERTY", "values that cannot be written", EFAULT, _ => new drm_mode_get_property { prop_id = Id(P.CrtcX), count_values = 9, values_ptr = X }),
        Of("MODE_GETPROPERTY", "names that cannot be written", EFAULT, s => new drm_mode_get_property
        {
            prop_id = Id(P.PlaneType),
            count_values = 9,
            values_ptr = s.Room(99),
            count_enum_blobs = 9,
            enum_blob_ptr = X,
        }),

        Of("MODE_OBJ_GETPROPERTIES", "no such object", ENOENT, _ => new drm_mode_obj_get_properties { obj_id = Unknown }),
        Of("MODE_OBJ_GETPROPERTIES", "an object of another type", ENOENT, s => new drm_mode_obj_get_properties { obj_id = s.Crtcs[0], obj_type = (uint)ObjectType.Plane }),
        Of("MODE_OBJ_GETPROPERTIES", "a kind that has none", EINVAL, s => new drm_mode_obj_get_properties { obj_id = s.Encoders[0] }),
        Of("MODE_OBJ_GETPROPERTIES", "a framebuffer, which has none", EINVAL, s => new drm_mode_obj_get_properties { obj_id = s.Small }),
        Of("MODE_OBJ_GETPROPERTIES", "ids that cannot be written", EFAULT, s => new drm_mode_obj_get_properties { obj_id = s.Crtcs[0], count_props = 9, props_ptr = X, prop_values_ptr = s.Room(99) }),
        Of("MODE_OBJ_GETPROPERTIES", "values that cannot be written", EFAULT, s => new drm_mode_obj_get_properties { obj_id = s.Crtcs[0], count_props = 9, props_ptr = s.Room(99), prop_values_ptr = X }),
        Of("MODE_OBJ_GETPROPERTIES", "one that was not lent", ENOENT, s => new drm_mode_obj_get_properties { obj_id = s.Crtcs[0] }) with { By = Caller.Lessee },
    ];

    private static IEnumerable<Refusal> Sets =>
    [
        Set("no such object, before the property", ENOENT, _ => (Unknown, Unknown, 0)),
        Set("a kind that has none", EINVAL, s => (s.Encoders[0], Id(P.Active), 0)),
        Set("no such property", EINVAL, s => (s.Crtcs[0], Unknown, 0)),
        Set("another kind's property", EINVAL, s => (s.Crtcs[0], Id(P.FbId), 0)),
        Set("what does not change", EINVAL, s => (s.Primaries[0], Id(P.PlaneType), 0)),
        Set("out of its range", EINVAL, s => (s.Crtcs[0], Id(P.Active), 2)),
        Set("a framebuffer that is none", EINVAL, s => (s.Primaries[0], Id(P.FbId), Unknown)),
        Set("a CRTC that is a framebuffer", EINVAL, s => (s.Primaries[0], Id(P.CrtcId), s.Framebuffer)),
        Set("a blob that is none", EINVAL, s => (s.Crtcs[0], Id(P.ModeId), Unknown)),
        Set("a mode that is too short", EINVAL, s => (s.Crtcs[0], Id(P.ModeId), s.ShortBlob)),
        Set("a mode that cannot be", EINVAL, s => (s.Crtcs[0], Id(P.ModeId), s.Zeros)),
        Set("a fence to get, of a call that gives none", EINVAL, s => (s.Crtcs[0], Id(P.OutFencePtr), RawClient.MemoryAt)),
        Set("an object of another type", ENOENT, s => (s.Crtcs[0], Id(P.Active), 1), ObjectType.Plane),
        Set("a connector without a CRTC's mode", EINVAL, s => (s.Connectors[0], Id(P.CrtcId), 0)),
        Set("an object that was not lent", ENOENT, s => (s.Crtcs[0], Id(P.Active), 1)) with { By = Caller.Lessee },

        Of("MODE_SETPROPERTY", "no such connector, before the property", ENOENT, _ => new drm_mode_connector_set_property { connector_id = Unknown, prop_id = Unknown }),
        Of("MODE_SETPROPERTY", "what is no connector", ENOENT, s => new drm_mode_connector_set_property { connector_id = s.Crtcs[0], prop_id = Id(P.Active) }),
        Of("MODE_SETPROPERTY", "no such property", EINVAL, s => new drm_mode_connector_set_property { connector_id = s.Connectors[0], prop_id = Unknown }),
        Of("MODE_SETPROPERTY", "what does not change", EINVAL, s => new drm_mode_connector_set_property { connector_id = s.Connectors[0], prop_id = Id(P.Edid) }),
        Of("MODE_SETPROPERTY", "a value that has no name", EINVAL, s => new drm_mode_connector_set_property { connector_id = s.Connectors[0], prop_id = Id(P.LinkStatus), value = 7 }),
        Of("MODE_SETPROPERTY", "a connector that was not lent", ENOENT, s => new drm_mode_connector_set_property { connector_id = s.Connectors[0], prop_id = Id(P.Dpms) }) with { By = Caller.Lessee },
    ];

    private static IEnumerable<Refusal> Blobs =>
    [
        Of("MODE_GETPROPBLOB", "none", ENOENT, _ => new drm_mode_get_blob { blob_id = Unknown }),
        Of("MODE_GETPROPBLOB", "another kind of object", ENOENT, s => new drm_mode_get_blob { blob_id = s.Crtcs[0] }),
        Of("MODE_GETPROPBLOB", "a place that cannot be written", EFAULT, s => new drm_mode_get_blob { blob_id = s.ShortBlob, length = 60, data = X }),
        Of("MODE_GETPROPBLOB", "another length, and nothing is written", None, s => new drm_mode_get_blob { blob_id = s.ShortBlob, length = 61, data = X }),
        Of("MODE_CREATEPROPBLOB", "no bytes", EINVAL, _ => new drm_mode_create_blob { data = X }),
        Of("MODE_CREATEPROPBLOB", "more than can be counted", EINVAL, _ => new drm_mode_create_blob { data = X, length = uint.MaxValue }),
        Of("MODE_CREATEPROPBLOB", "bytes that cannot be read", EFAULT, _ => new drm_mode_create_blob { data = X, length = 8 }),
        Of("MODE_DESTROYPROPBLOB", "none", ENOENT, _ => new drm_mode_destroy_blob { blob_id = Unknown }),
        Of("MODE_DESTROYPROPBLOB", "another kind of object", ENOENT, s => new drm_mode_destroy_blob { blob_id = s.Crtcs[0] }),
        Of("MODE_DESTROYPROPBLOB", "another file's", EPERM, s => new drm_mode_destroy_blob { blob_id = s.ForeignBlob }),
        Of("MODE_DESTROYPROPBLOB", "the device's own", EPERM, s => new drm_mode_destroy_blob { blob_id = s.Config.Blobs[0].Id.Value }),
    ];

    private static uint Id(Property property) => property.Id.Value;

    private static Refusal Set(string reason, Errno errno, Func<Scene, (uint Object, uint Property, ulong Value)> what, ObjectType type = ObjectType.Any) =>
        Of("MODE_OBJ_SETPROPERTY", reason, errno, s =>
        {
            var (of, property, value) = what(s);
            return new drm_mode_obj_set_property { obj_id = of, prop_id = property, value = value, obj_type = (uint)type };
        });

    private static Refusal Of<T>(string ioctl, string reason, Errno errno, Func<Scene, T> argument)
        where T : unmanaged => new(ioctl, reason, errno, s => Bytes(argument(s)));
}
