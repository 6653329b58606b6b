using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Boards;

/// <summary>What a plane is for; the values of its "type" property.</summary>
public enum WindowType
{
    Overlay = 0,
    Primary = 1,
    Cursor = 2,
}

/// <summary>A VOP's window: one plane.</summary>
/// <param name="Formats">Fourccs in the order in which the plane tells them.</param>
public sealed record WindowDescription(string Name, WindowType Type, ImmutableArray<uint> Formats)
{
    /// <summary>In the order in which the plane tells them; never empty.</summary>
    public ImmutableArray<ModifierDescription> Modifiers { get; init; } = [ModifierDescription.Linear];

    /// <summary>Names of the VOPs that can show it; empty for its own alone.</summary>
    public ImmutableArray<string> PossibleCrtcs { get; init; } = [];

    /// <summary>Whether it may leave a part of its CRTC uncovered; null for what its driver's planes of its type may.</summary>
    public bool? IsPositionable { get; init; }

    public ScaleRange Scaling { get; init; } = ScaleRange.Unscaled;

    /// <summary>All that it can be turned and reflected by; none where it has no such property.</summary>
    public Rotation Rotations { get; init; }

    /// <summary>Null where the hardware has a fixed order that nobody is told.</summary>
    public ZposDescription? Zpos { get; init; }

    public bool HasAlpha { get; init; }

    /// <summary>Empty where it has no such property; else the premultiplied one is among them.</summary>
    public ImmutableArray<BlendMode> BlendModes { get; init; } = [];

    /// <summary>The first is what it begins with; empty where it has no such property.</summary>
    public ImmutableArray<ColorEncoding> Encodings { get; init; } = [];

    /// <inheritdoc cref="Encodings"/>
    public ImmutableArray<ColorRange> Ranges { get; init; } = [];

    public bool HasScalingFilter { get; init; }

    public bool HasDamageClips { get; init; }

    /// <summary>A cursor's, for hosts that draw it themselves.</summary>
    public bool HasHotspot { get; init; }
}

/// <summary>How near a plane is, the higher the nearer.</summary>
/// <param name="IsFixed">It is told, and not to be changed.</param>
public sealed record ZposDescription(uint Initial, uint Least, uint Greatest)
{
    public bool IsFixed => Least == Greatest;
}
