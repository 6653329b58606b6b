using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Drivers;

/// <summary>A window's plane: the formats and layouts that it reads, what it can do with them, and the properties that say so. Pure.</summary>
internal static class WindowObjects
{
    /// <summary>Adds the plane, and then its properties one by one, as the kernel's drivers do.</summary>
    /// <param name="mayMove">Whether it may leave a part of its CRTC uncovered, where the board does not say.</param>
    public static ModeConfig Add(ModeConfig config, WindowDescription window, uint possibleCrtcs, bool mayMove, out PlaneId plane)
    {
        var limits = new PlaneLimits(!(window.IsPositionable ?? mayMove), window.Scaling.Least, window.Scaling.Greatest);
        config = config.AddPlane((PlaneType)window.Type, possibleCrtcs, window.Formats, out plane, limits, Modifiers(window));
        foreach (var (wanted, initial) in Properties(window))
            config = config.AddProperty(wanted, out var property).Attach(plane, property, initial);
        return window.HasDamageClips ? config.Attach(plane, StandardProperties.FbDamageClips, initial: 0) : config;
    }

    private static ImmutableArray<FormatModifier> Modifiers(WindowDescription window) =>
        [.. window.Modifiers.Select(m => new FormatModifier(m.Code, window.Formats.Select((f, i) => m.Takes(f) ? 1ul << i : 0).Aggregate(0ul, (a, b) => a | b)))];

    private static IEnumerable<(Property Property, ulong Initial)> Properties(WindowDescription window)
    {
        if (window.Rotations != Rotation.None)
            yield return (OptionalProperties.Rotation(window.Rotations), (ulong)Rotation.Rotate0);
        if (window.HasAlpha)
            yield return (OptionalProperties.Alpha(), PlaneState.Opaque);
        if (!window.BlendModes.IsEmpty)
            yield return (OptionalProperties.BlendMode([.. window.BlendModes]), (ulong)BlendMode.Premultiplied);
        if (window.Zpos is { } zpos)
            yield return (OptionalProperties.Zpos(zpos.Least, zpos.Greatest), zpos.Initial);
        if (!window.Encodings.IsEmpty)
            yield return (OptionalProperties.ColorEncoding([.. window.Encodings.Order()]), (ulong)window.Encodings[0]);
        if (!window.Ranges.IsEmpty)
            yield return (OptionalProperties.ColorRange([.. window.Ranges.Order()]), (ulong)window.Ranges[0]);
        if (window.HasScalingFilter)
            yield return (OptionalProperties.ScalingFilter(), 0);
        if (!window.HasHotspot)
            yield break;
        yield return (OptionalProperties.HotspotX(), 0);
        yield return (OptionalProperties.HotspotY(), 0);
    }
}
