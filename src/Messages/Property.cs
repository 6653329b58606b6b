using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_MODE_PROP_*: the kind of a property's values, one of the kinds with its modifiers. drm_mode.h.</summary>
[Flags]
public enum PropertyFlags : uint
{
    None = 0,
    Pending = 1 << 0,
    Range = 1 << 1,
    Immutable = 1 << 2,
    Enum = 1 << 3,
    Blob = 1 << 4,
    Bitmask = 1 << 5,
    Object = 1 << 6,
    SignedRange = 2 << 6,

    /// <summary>Told to clients with the atomic capability only.</summary>
    Atomic = 0x80000000,
}

/// <summary>DRM_MODE_OBJECT_*: what kind of mode object an id names. drm_mode.h.</summary>
public enum ObjectType : uint
{
    Any = 0,
    Crtc = 0xcccccccc,
    Connector = 0xc0c0c0c0,
    Encoder = 0xe0e0e0e0,
    Mode = 0xdededede,
    Property = 0xb0b0b0b0,
    Fb = 0xfbfbfbfb,
    Blob = 0xbbbbbbbb,
    Plane = 0xeeeeeeee,
}

/// <summary>A name for one value of an enumeration, or for one bit (by its number) of a bit mask.</summary>
public readonly record struct PropertyEnum(ulong Value, string Name);

/// <summary>DRM_IOCTL_MODE_GETPROPERTY: what values a property takes. ENOENT for an unknown one. drm_mode.h.</summary>
public sealed record ModeGetProperty(PropertyId Property) : IIoctl<ModeProperty>;

/// <param name="Name">At most 31 bytes.</param>
/// <param name="Values">Least and greatest of a range, the object type of an object, each value of an enumeration; none of a blob.</param>
public sealed record ModeProperty(
    PropertyId Id,
    string Name,
    PropertyFlags Flags,
    ImmutableArray<ulong> Values,
    ImmutableArray<PropertyEnum> Enums);

/// <summary>
/// DRM_IOCTL_MODE_OBJ_GETPROPERTIES: the properties of an object and their values. ENOENT for an unknown object, or one of another type;
/// EINVAL for one that has no properties (encoders, framebuffers, blobs). drm_mode.h.
/// </summary>
public sealed record ModeObjGetProperties(uint ObjectId, ObjectType Type) : IIoctl<ModeObjProperties>;

public sealed record ModeObjProperties(ImmutableArray<PropertyValue> Properties);

/// <summary>
/// DRM_IOCTL_MODE_OBJ_SETPROPERTY: one property of a connector, CRTC or plane, now. Master only. ENOENT for an unknown object, or one of
/// another type; EINVAL for a property that it has not, that is immutable, or that does not take the value. drm_mode.h.
/// </summary>
public sealed record ModeObjSetProperty(uint ObjectId, ObjectType Type, PropertyId Property, ulong Value) : IIoctl<Done>;

/// <summary>DRM_IOCTL_MODE_SETPROPERTY: <see cref="ModeObjSetProperty"/> of a connector. drm_mode.h.</summary>
public sealed record ModeSetProperty(ConnectorId Connector, PropertyId Property, ulong Value) : IIoctl<Done>;
