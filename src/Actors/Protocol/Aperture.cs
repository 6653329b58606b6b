using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>A range of physical addresses that a picture is read from.</summary>
/// <param name="Board">Whose addresses they are: each board has an address space of its own.</param>
/// <param name="Size">Bytes; together with <paramref name="Base"/> no more than 64 bits count.</param>
internal readonly record struct ApertureRange(string Board, ulong Base, ulong Size)
{
    public bool Overlaps(ApertureRange other) =>
        Board == other.Board && Base < (UInt128)other.Base + other.Size && other.Base < (UInt128)Base + Size;
}

/// <summary>
/// A driver takes a range over for its device. Answered with <see cref="ApertureAcquired"/>. The range is given back when the owner's actor
/// ends, or is told <see cref="UnplugDevice"/> for somebody with a better right.
/// </summary>
internal sealed record AcquireAperture(ApertureRange Range, IActorRef Owner);

/// <param name="Errno">EBUSY where somebody owns a part of the range.</param>
internal sealed record ApertureAcquired(ApertureRange Range, Errno Errno);

/// <summary>A native driver comes: unplug the devices that own a part of the range, or of any where it is not known. Answered with <see cref="ConflictsRemoved"/>.</summary>
internal sealed record RemoveConflicting(string Board, ApertureRange? Range);

/// <summary>Nobody who was in the way scans out any more.</summary>
internal sealed record ConflictsRemoved(string Board);
