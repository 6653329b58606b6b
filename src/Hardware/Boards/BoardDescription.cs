using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>A board as its file under config/boards describes it.</summary>
/// <param name="Name">The file's name without its folder and ".conf".</param>
/// <param name="Description">For people.</param>
/// <param name="Device">The aggregate device's name, as DRM_IOCTL_GET_UNIQUE answers it.</param>
/// <param name="FirmwareFramebuffer">Null where the firmware left no picture.</param>
/// <param name="FbdevConsole">Whether the console shows on the card while nobody has it open.</param>
/// <param name="MatchOrder">Names of components in the order in which they bind; each once.</param>
/// <param name="Components">In the order of the file.</param>
public sealed record BoardDescription(
    string Name,
    string Description,
    string Device,
    DriverDescription Driver,
    FramebufferLimits ModeConfig,
    MemoryDescription Memory,
    FirmwareFramebuffer? FirmwareFramebuffer,
    bool FbdevConsole,
    ImmutableArray<string> MatchOrder,
    ImmutableArray<ComponentDescription> Components)
{
    public DisplayDescription Display { get; init; } = new();

    /// <summary>What the hardware refuses.</summary>
    public LimitsDescription Limits { get; init; } = LimitsDescription.None;

    /// <exception cref="KeyNotFoundException">No component of that name.</exception>
    public ComponentDescription Component(string name) =>
        Components.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException($"the board {Name} has no component {name}");

    /// <summary>The components in the order in which they bind.</summary>
    public IEnumerable<ComponentDescription> ComponentsInMatchOrder() => MatchOrder.Select(Component);
}

/// <summary>A driver's static facts, as DRM_IOCTL_VERSION tells them. drm.h.</summary>
/// <param name="Date">YYYYMMDD.</param>
public sealed record DriverDescription(
    string Name,
    string Description,
    string Date,
    int Major,
    int Minor,
    int PatchLevel,
    DriverFeatures Features)
{
    /// <summary>Which of our drivers it is: rockchip, vkms or virtual; whatever name programs see.</summary>
    public string Model { get; init; } = Name;
}

/// <summary>What the whole device can do.</summary>
public sealed record DisplayDescription
{
    /// <summary>Pixels of the largest cursor that user space may count on; null for what the driver says.</summary>
    public uint? CursorWidth { get; init; }

    public uint? CursorHeight { get; init; }

    /// <summary>Whether a flip may change the picture in the middle of a frame.</summary>
    public bool AsyncPageFlip { get; init; }

    /// <summary>Whether a flip may name its vblank.</summary>
    public bool PageFlipTarget { get; init; }

    /// <summary>Whether framebuffers can be told of damage (DIRTYFB); null for what the driver says.</summary>
    public bool? TakesDamage { get; init; }
}

/// <summary>Sizes of framebuffers in pixels, both ends included.</summary>
public sealed record FramebufferLimits(uint MinWidth, uint MinHeight, uint MaxWidth, uint MaxHeight);

/// <param name="ArenaSize">Bytes of all buffers together, a multiple of the page.</param>
/// <param name="PitchAlignment">Bytes; rows of dumb buffers begin at multiples of it. A power of two.</param>
public sealed record MemoryDescription(long ArenaSize, uint PitchAlignment)
{
    /// <summary>Bytes that all objects together may have whose contents count: beyond it, what clients do not need any more is purged. Null for no limit.</summary>
    public long? Limit { get; init; }
}

/// <summary>The framebuffer that the firmware set up, and who owns its range until the native driver comes.</summary>
/// <param name="Owner">Name of the owning driver.</param>
/// <param name="Address">Physical, of the first pixel.</param>
/// <param name="Pitch">Bytes a row.</param>
/// <param name="Format">A fourcc.</param>
public sealed record FirmwareFramebuffer(string Owner, ulong Address, uint Width, uint Height, uint Pitch, uint Format)
{
    /// <summary>Bytes of the range.</summary>
    public ulong Size => (ulong)Pitch * Height;
}
