using System.Collections.Immutable;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>One memory plane of a framebuffer: which GEM object, where its pages lie in the arena, and the layout in bytes.</summary>
public readonly record struct FramebufferBuffer(ulong ObjectId, ArenaBlock Block, uint Pitch, uint Offset);

/// <summary>A framebuffer: a picture's layout over GEM objects, owned by the file that added it.</summary>
/// <param name="Owner">The file's id; 0 for no file's.</param>
public sealed record Framebuffer(
    FramebufferId Id,
    ulong Owner,
    uint Width,
    uint Height,
    uint Format,
    ulong Modifier,
    FramebufferFlags Flags,
    ImmutableArray<FramebufferBuffer> Buffers) : IModeObject
{
    /// <summary>
    /// No file has it, and it goes with the last plane that shows it: a cursor's, and one that was closed (CLOSEFB).
    /// </summary>
    public bool IsLoose { get; init; }

    /// <summary>The console's.</summary>
    public bool IsConsole => Owner == 0 && !IsLoose;

    ObjectType IModeObject.Type => ObjectType.Fb;
}
