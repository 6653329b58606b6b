using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_MODE_CONNECTOR_* of drm_mode.h.</summary>
public enum ConnectorType : uint
{
    Unknown = 0,
    Vga = 1,
    DviI = 2,
    DviD = 3,
    DviA = 4,
    Composite = 5,
    SVideo = 6,
    Lvds = 7,
    Component = 8,
    NinePinDin = 9,
    DisplayPort = 10,
    HdmiA = 11,
    HdmiB = 12,
    Tv = 13,
    Edp = 14,
    Virtual = 15,
    Dsi = 16,
    Dpi = 17,
    Writeback = 18,
    Spi = 19,
    Usb = 20,
}

/// <summary>The connection field of <c>struct drm_mode_get_connector</c>; libdrm's names. xf86drmMode.h.</summary>
public enum ConnectorStatus : uint
{
    Connected = 1,
    Disconnected = 2,
    Unknown = 3,
}

/// <summary>DRM_MODE_SUBPIXEL_*: the order of colours in a pixel; libdrm's numbers, one more than the struct's. xf86drmMode.h.</summary>
public enum SubpixelOrder : uint
{
    Unknown = 1,
    HorizontalRgb = 2,
    HorizontalBgr = 3,
    VerticalRgb = 4,
    VerticalBgr = 5,
    None = 6,
}

/// <summary>
/// DRM_IOCTL_MODE_GETCONNECTOR: with <see cref="Probe"/> (a count of 0 modes, from the master) the connector looks for its monitor and reads
/// its EDID; else the last probe is told. ENOENT for an unknown one. drm_mode.h.
/// </summary>
public sealed record ModeGetConnector(ConnectorId Connector, bool Probe = true) : IIoctl<ModeConnector>;

/// <param name="TypeId">Counts the connectors of a type, from 1: HDMI-A-1.</param>
/// <param name="WidthMm">Of the picture, in millimetres; 0 where not known.</param>
public sealed record ModeConnector(
    ConnectorId Id,
    EncoderId Encoder,
    ConnectorType Type,
    uint TypeId,
    ConnectorStatus Status,
    uint WidthMm,
    uint HeightMm,
    SubpixelOrder Subpixel,
    ImmutableArray<EncoderId> Encoders,
    ImmutableArray<ModeInfo> Modes,
    ImmutableArray<PropertyValue> Properties);

/// <summary>A property of an object and its value, as the UAPI's pairs of arrays hold them.</summary>
public readonly record struct PropertyValue(PropertyId Property, ulong Value);
