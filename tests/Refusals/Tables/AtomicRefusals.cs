using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Refusal;
using static DrmActors.Refusals.Scene;
using P = DrmActors.Kms.StandardProperties;

namespace DrmActors.Refusals.Tables;

/// <summary>MODE_ATOMIC: its flags, its arrays, its objects and properties in their order, and the state that they make.</summary>
internal static class AtomicRefusals
{
    private const ulong X = RawClient.Nowhere;
    private const uint TestOnly = (uint)AtomicFlags.TestOnly;
    private const uint Modeset = (uint)AtomicFlags.AllowModeset;
    private const uint Event = (uint)AtomicFlags.PageFlipEvent;
    private const uint Async = (uint)AtomicFlags.PageFlipAsync;

    public static IEnumerable<Refusal> All => [.. Flags, .. Arrays, .. Objects, .. Planes, .. Modes, .. Events];

    private static IEnumerable<Refusal> Flags =>
    [
        new("MODE_ATOMIC", "a driver that is not atomic", EOPNOTSUPP, _ => Bytes(new drm_mode_atomic { flags = uint.MaxValue })) { Board = Bare },
        new("MODE_ATOMIC", "a file that is not atomic, before the flags", EINVAL, _ => Bytes(new drm_mode_atomic { flags = uint.MaxValue })) { Before = RenounceAsync },
        Empty("an unknown flag", EINVAL, a => a with { flags = 0x8000 }),
        Empty("what is reserved", EINVAL, a => a with { reserved = 1 }),
        Empty("at once, where the hardware cannot", EINVAL, a => a with { flags = Async }),
        Empty("an event of a test", EINVAL, a => a with { flags = TestOnly | Event }),
        Empty("an event of nothing", EINVAL, a => a with { flags = Event }),
        Empty("nothing at all", None, a => a),
    ];

    private static IEnumerable<Refusal> Arrays =>
    [
        Active("objects that cannot be read", EFAULT, a => a with { objs_ptr = X }),
        Active("counts that cannot be read", EFAULT, a => a with { count_props_ptr = X }),
        Active("properties that cannot be read", EFAULT, a => a with { props_ptr = X }),
        Active("values that cannot be read", EFAULT, a => a with { prop_values_ptr = X }),
        Of("no such object, before a count that cannot be read", ENOENT, s => s.Atomic(Unknown, (P.Active, 1)) with { count_props_ptr = X }),
        Of("no such object, before properties that cannot be read", ENOENT, s => s.Atomic(Unknown, (P.Active, 1)) with { props_ptr = X }),
        Active("more objects than memory, behind one that there is not", ENOENT, a => a with { count_objs = 20_000 }),
        Active("more properties than memory, behind one that there is not", ENOENT, (s, a) => a with { count_props_ptr = s.Put(20_000u) }),
    ];

    private static IEnumerable<Refusal> Objects =>
    [
        Of("no such object", ENOENT, s => s.Atomic(Unknown, (P.Active, 1))),
        Of("an encoder", ENOENT, s => s.Atomic(s.Encoders[0], (P.Active, 1))),
        Of("a framebuffer", ENOENT, s => s.Atomic(s.Framebuffer, (P.FbId, 1))),
        Of("no such property", ENOENT, s => s.Atomic(s.Crtcs[0], (P.FbId with { Id = new PropertyId(Unknown) }, 1))),
        Of("another kind's property", ENOENT, s => s.Atomic(s.Crtcs[0], (P.FbId, 1))),
        Of("what does not change", EINVAL, s => s.Atomic(s.Primaries[0], (P.PlaneType, 0))),
        Of("out of its range, before a later object that there is not", EINVAL, s => Two(s, s.Crtcs[0], (P.Active, 2), Unknown, (P.Active, 1))),
        Of("no such object, behind one that is right", ENOENT, s => Two(s, s.Crtcs[0], (P.Active, 1), Unknown, (P.Active, 2))),
        Of("a framebuffer that is none", EINVAL, s => s.Atomic(s.Primaries[0], (P.FbId, Unknown))),
        Of("a framebuffer that is a CRTC", EINVAL, s => s.Atomic(s.Primaries[0], (P.FbId, s.Crtcs[0]))),
        Of("a CRTC that is none", EINVAL, s => s.Atomic(s.Primaries[0], (P.CrtcId, Unknown))),
        Of("DPMS", EINVAL, s => s.Atomic(s.Connectors[0], (P.Dpms, 3)), Modeset),
        Of("a fence that is none", EINVAL, s => s.Atomic(s.Primaries[0], (P.InFenceFd, 4711))),
        Of("a fence to get at no address", EFAULT, s => s.Atomic(s.Crtcs[0], (P.OutFencePtr, X)), TestOnly),
        Of("an object that was not lent", ENOENT, s => s.Atomic(s.Crtcs[0], (P.Active, 1))) with { By = Caller.Lessee },
        Of("a plane on a CRTC that was not lent", EACCES, s => s.Atomic(s.Primaries[1], (P.CrtcId, s.Crtcs[0]))) with { By = Caller.Lessee },
    ];

    private static IEnumerable<Refusal> Planes =>
    [
        Of("a plane with a CRTC and no framebuffer", EINVAL, s => s.Atomic(s.Primaries[0], (P.FbId, 0))),
        Of("a plane with a framebuffer and no CRTC", EINVAL, s => s.Atomic(s.Primaries[0], (P.CrtcId, 0))),
        Of("a CRTC that the plane does not reach", EINVAL, s => s.Atomic(s.Primaries[1], (P.FbId, s.Framebuffer), (P.CrtcId, s.Crtcs[0]))),
        Of("a format that the plane does not read", EINVAL, s => s.Atomic(s.Primaries[0], (P.FbId, s.Planar))) with { Board = "vkms" },
        Of("a target beyond 31 bits, before the source", ERANGE, s => s.Atomic(s.Primaries[0], (P.CrtcX, int.MaxValue), (P.SrcX, 1 << 16))),
        Of("a source outside of its framebuffer", ENOSPC, s => s.Atomic(s.Primaries[0], (P.SrcX, 1 << 16))),
        Of("a framebuffer that is smaller than the source", ENOSPC, s => s.Atomic(s.Primaries[0], (P.FbId, s.Small))),
        Of("scaled too far", ERANGE, s => s.Atomic(s.Primaries[0], (P.CrtcW, s.Mode.hdisplay / 16u))),
        Of("a primary plane that leaves its CRTC uncovered", EINVAL, s => s.Atomic(s.Primaries[0], (P.CrtcX, 8))) with { Board = "vkms" },
        Of("damage that is no list of rectangles", EINVAL, s => s.Atomic(s.Primaries[0], (P.FbDamageClips, s.ForeignBlob))) with { Board = "wall" },
    ];

    private static IEnumerable<Refusal> Modes =>
    [
        Of("a mode that is no blob", EINVAL, s => s.Atomic(s.Crtcs[0], (P.ModeId, s.Crtcs[0])), Modeset),
        Of("a mode that is too short", EINVAL, s => s.Atomic(s.Crtcs[0], (P.ModeId, s.ShortBlob)), Modeset),
        Of("a mode that cannot be", EINVAL, s => s.Atomic(s.Crtcs[0], (P.ModeId, s.Zeros)), Modeset),
        Of("a CRTC that is active without a mode", EINVAL, s => s.Atomic(s.Crtcs[0], (P.ModeId, 0)), Modeset),
        Of("a mode without connectors", EINVAL, s => s.Atomic(s.Connectors[0], (P.CrtcId, 0)), Modeset),
        Of("a connector on a CRTC without a mode", EINVAL, s => s.Atomic(s.Connectors[1], (P.CrtcId, s.Crtcs[1])), Modeset),
        Of("outputs that are not clones", EINVAL, s => s.Atomic(s.Connectors[1], (P.CrtcId, s.Crtcs[0])), Modeset),
        Of("a modeset that is not allowed", EINVAL, s => s.Atomic(s.Crtcs[0], (P.Active, 0))),
        Of("a modeset that is not allowed, of a test", EINVAL, s => s.Atomic(s.Crtcs[0], (P.Active, 0)), TestOnly),
        Of("a gamma table of another size", EINVAL, s => s.Atomic(s.Crtcs[0], (P.GammaLut, s.ForeignBlob))),
        Of("a gamma table that is no table", EINVAL, s => s.Atomic(s.Crtcs[0], (P.GammaLut, s.ShortBlob))),
    ];

    private static IEnumerable<Refusal> Events =>
    [
        Of("the event of a CRTC that is off and stays so", EINVAL, s => s.Atomic(s.Crtcs[1], (P.Active, 0)), Event | Modeset),
        Of("no event space", ENOMEM, s => s.Atomic(s.Crtcs[0], (P.Active, 1)), Event) with { Before = VblankRefusals.FillAsync },
        Of("no such object, before the event's space", ENOENT, s => s.Atomic(Unknown, (P.Active, 1)), Event) with { Before = VblankRefusals.FillAsync },
        Of("no event space, before what cannot be shown", ENOMEM, s => s.Atomic(s.Primaries[0], (P.SrcX, 1 << 16)), Event) with { Before = VblankRefusals.FillAsync },
    ];

    private static async Task RenounceAsync(Scene scene) =>
        await scene.CallAsync(scene.Master, "SET_CLIENT_CAP", new drm_set_client_cap { capability = (ulong)ClientCapability.Atomic, value = 0 });

    private static Refusal Empty(string reason, Errno errno, Func<drm_mode_atomic, drm_mode_atomic> spoil) =>
        new("MODE_ATOMIC", reason, errno, _ => Bytes(spoil(default)));

    private static Refusal Active(string reason, Errno errno, Func<drm_mode_atomic, drm_mode_atomic> spoil) => Active(reason, errno, (_, a) => spoil(a));

    private static Refusal Active(string reason, Errno errno, Func<Scene, drm_mode_atomic, drm_mode_atomic> spoil) =>
        new("MODE_ATOMIC", reason, errno, s => Bytes(spoil(s, s.Atomic(s.Crtcs[0], (P.Active, 1)))));

    private static Refusal Of(string reason, Errno errno, Func<Scene, drm_mode_atomic> request, uint flags = 0) =>
        new("MODE_ATOMIC", reason, errno, s => Bytes(request(s) with { flags = flags }));

    private static drm_mode_atomic Two(Scene scene, uint one, (Property Property, ulong Value) first, uint other, (Property Property, ulong Value) second) => new()
    {
        count_objs = 2,
        objs_ptr = scene.Put(one, other),
        count_props_ptr = scene.Put(1u, 1u),
        props_ptr = scene.Put(first.Property.Id.Value, second.Property.Id.Value),
        prop_values_ptr = scene.Put(first.Value, second.Value),
    };
}
