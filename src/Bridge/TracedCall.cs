using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge;

/// <summary>A call of another process, and its answer.</summary>
/// <param name="File">The number of the open, the same for all who share its descriptor; 0 for a call about a dma-buf, a sync file or a syncobj.</param>
/// <param name="Minor">Of the card; -1 for such a call.</param>
/// <param name="Call">Null where the number or the argument was refused before it became a message.</param>
/// <param name="Reply">A <see cref="Reply{T}"/> of the call; null where there is none.</param>
/// <param name="Start">Nanoseconds on the host's clock.</param>
/// <param name="Duration">Nanoseconds from the reading of the request to the answer.</param>
public sealed record TracedCall(
    int ProcessId,
    ulong File,
    int Minor,
    IoctlNumber Number,
    IIoctl? Call,
    object? Reply,
    Errno Errno,
    long Start,
    long Duration);
