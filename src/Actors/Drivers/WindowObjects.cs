using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Drivers;

/// <summary>A window's plane: the formats and layouts that it reads, what it can do with them, and the properties that say so. Pure.</summary>
internal static class WindowObjects
{
    private static readonly ImmutableArray<PropertyEnum> Rotations =
    [
        new(0, "rotate-0"), new(1, "rotate-90"), new(2, "rotate-180"), new(3, "rotate-270"), new(4, "reflect-x"), new(5, "reflect-y"),
    ];

    // In the order in which the kernel lists them.
    private static readonly ImmutableArray<PropertyEnum> BlendModes =
    [
        new((ulong)PixelBlendMode.None, "None"), new((ulong)PixelBlendMode.Premultiplied, "Pre-multiplied"), new((ulong)PixelBlendMode.Coverage, "Coverage"),
    ];

    /// <summary>Adds the plane, and then its properties one by one, as the kernel's drivers do.</summary>
    /// <param name="mayMove">Whether it may leave a part of its CRTC uncovered, where the board does not say.</param>
    public static ModeConfig Add(ModeConfig config, WindowDescription window, uint possibleCrtcs, bool mayMove, out PlaneId plane)
    {
        var limits = new PlaneLimits(!(window.IsPositionable ?? mayMove), window.Scaling.Least, window.Scaling.Greatest);
        config = config.AddPlane((PlaneType)window.Type, possibleCrtcs, window.Formats, out plane, limits, Modifiers(window));
        if (window.Rotations != default)
            config = Attach(config, plane, Rotation(window.Rotations), (ulong)PlaneRotation.Rotate0);
        if (window.HasAlpha)
            config = Attach(config, plane, Property.OfRange(PropertyNames.Alpha, 0, PlaneState.Opaque), PlaneState.Opaque);
        if (!window.BlendModes.IsEmpty)
            config = Attach(config, plane, BlendMode(window.BlendModes), (ulong)PixelBlendMode.Premultiplied);
        if (window.Zpos is { } zpos)
        {
            var flags = zpos.IsFixed ? PropertyFlags.Immutable : PropertyFlags.None;
            config = Attach(config, plane, Property.OfRange(PropertyNames.Zpos, zpos.Least, zpos.Greatest, flags), zpos.Initial);
        }

        if (!window.Encodings.IsEmpty)
            config = Attach(config, plane, Encoding(window.Encodings), (ulong)window.Encodings[0]);
        if (!window.Ranges.IsEmpty)
            config = Attach(config, plane, Range(window.Ranges), (ulong)window.Ranges[0]);
        if (window.HasScalingFilter)
            config = Attach(config, plane, ScalingFilter(), initial: 0);
        if (window.HasDamageClips)
            config = config.Attach(plane, StandardProperties.FbDamageClips, initial: 0);
        return window.HasHotspot ? AttachHotspot(config, plane) : config;
    }

    /// <summary>Of a plane or a CRTC.</summary>
    public static Property ScalingFilter() => Property.OfEnum(PropertyNames.ScalingFilter, PropertyFlags.None, "Default", "Nearest Neighbor");

    private static ImmutableArray<FormatModifier> Modifiers(WindowDescription window) =>
        [.. window.Modifiers.Select(m => new FormatModifier(m.Code, window.Formats.Select((f, i) => m.Takes(f) ? 1ul << i : 0).Aggregate(0ul, (a, b) => a | b)))];

    private static Property Rotation(PlaneRotation rotations) =>
        Property.OfBitmask(PropertyNames.Rotation, Rotations.Where(r => ((uint)rotations & (1u << (int)r.Value)) != 0));

    private static Property BlendMode(ImmutableArray<PixelBlendMode> modes) =>
        Property.OfEnum(PropertyNames.BlendMode, PropertyFlags.None, BlendModes.Where(m => modes.Contains((PixelBlendMode)m.Value)));

    private static Property Encoding(ImmutableArray<Hardware.Scanout.Composition.ColorEncoding> encodings) =>
        Property.OfEnum(PropertyNames.ColorEncoding, PropertyFlags.None, encodings.Order().Select(e => new PropertyEnum((ulong)e, e switch
        {
            Hardware.Scanout.Composition.ColorEncoding.Bt601 => "ITU-R BT.601 YCbCr",
            Hardware.Scanout.Composition.ColorEncoding.Bt709 => "ITU-R BT.709 YCbCr",
            _ => "ITU-R BT.2020 YCbCr",
        })));

    private static Property Range(ImmutableArray<Hardware.Scanout.Composition.ColorRange> ranges) =>
        Property.OfEnum(PropertyNames.ColorRange, PropertyFlags.None, ranges.Order().Select(r => new PropertyEnum(
            (ulong)r, r == Hardware.Scanout.Composition.ColorRange.Limited ? "YCbCr limited range" : "YCbCr full range")));

    private static ModeConfig AttachHotspot(ModeConfig config, PlaneId plane) =>
        Attach(
            Attach(config, plane, Property.OfSignedRange(PropertyNames.HotspotX, int.MinValue, int.MaxValue), initial: 0),
            plane,
            Property.OfSignedRange(PropertyNames.HotspotY, int.MinValue, int.MaxValue),
            initial: 0);

    private static ModeConfig Attach(ModeConfig config, PlaneId plane, Property wanted, ulong initial) =>
        config.AddProperty(wanted, out var property).Attach(plane, property, initial);
}
