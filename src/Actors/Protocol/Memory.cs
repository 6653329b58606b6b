using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Prime;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>What may hold a reference on a GEM object. Every reference names its holder.</summary>
internal enum HolderKind
{
    File,
    Framebuffer,
    Mapping,
    Console,

    /// <summary>One of the object's own, while anybody has it.</summary>
    DmaBuf,
}

/// <summary>A holder of references, within one device.</summary>
internal readonly record struct Holder(HolderKind Kind, ulong Id);

/// <summary>A GEM object as its users know it: its actor, and the facts that never change.</summary>
/// <param name="Reservation">What is yet to happen to its memory; shared with all that import it.</param>
/// <param name="Status">What of it changes, and anybody may read.</param>
/// <param name="Import">What it was imported from, of another device; null for an object with memory of its own.</param>
internal sealed record GemReference(
    IActorRef Object, ulong Id, ArenaBlock Block, Reservation Reservation, ObjectStatus Status, DmaBuf? Import = null);

// To the GEM core of a device.

/// <summary>
/// A new object of <paramref name="Size"/> bytes. Whoever makes it for a file has set a handle aside: it gets <see cref="ObjectCreated"/>,
/// and then the sender of the ioctl is answered: with <paramref name="Reply"/>, or with a failure of <paramref name="Call"/>.
/// </summary>
/// <param name="Backing">Where the arena is not lent: there every object's is its own.</param>
/// <param name="Maker">The file, or the device for its console.</param>
internal sealed record CreateObject(Holder Holder, long Size, ArenaBacking Backing, IActorRef Maker, GemHandle Handle, IIoctl Call, object Reply);

/// <param name="Object">Null where there is none: the handle is free again.</param>
internal sealed record ObjectCreated(GemHandle Handle, GemReference? Object, Errno Errno);

/// <summary>
/// PRIME_FD_TO_HANDLE of another device's dma-buf: an object around its memory. The sender, a file, has set a handle aside and holds the dma-buf until it
/// is answered with <see cref="HandleOpened"/>.
/// </summary>
internal sealed record ImportObject(Holder File, GemHandle Handle, DmaBuf Buffer);

/// <summary>A handle of the object that bears a name. Answered with <see cref="HandleOpened"/>.</summary>
internal sealed record OpenByName(GemName Name, OpenHandle Open);

/// <summary>The name of an object that a file has a handle of, made at the first call. From the object; answered to the sender with Reply of GemNamed.</summary>
internal sealed record NameObject(ulong ObjectId);

/// <summary>Nobody has a handle of a named object any more, and with the last one went the name. From the object.</summary>
internal sealed record ForgetName(ulong ObjectId);

/// <summary>A file other than the one that made an object gets a handle of it.</summary>
internal sealed record NoteSharer(ulong FileId, ulong ObjectId);

/// <summary>As <see cref="NoteSharer"/>, for objects whose handles the file has imported; before it goes.</summary>
internal sealed record NoteSharers(ulong FileId, ImmutableArray<ulong> Objects);

/// <summary>The fake offset of an object, made at the first call. Answered to the sender with Reply of MapOffset.</summary>
internal sealed record GetMapOffset(ulong ObjectId);

/// <summary>Maps what starts at a fake offset. Answered with <see cref="ObjectMapped"/>.</summary>
internal sealed record MapAt(Holder File, ulong MappingId, Mmap Call, IActorRef Caller);

internal sealed record ObjectMapped(Errno Errno, GemReference? Object, ulong MappingId, Mmap Call, IActorRef Caller);

/// <summary>Everything that a file holds by handles is dropped. Answered with <see cref="FileObjectsReleased"/> when that is done.</summary>
internal sealed record ReleaseFileObjects(ulong FileId);

internal sealed record FileObjectsReleased(ulong FileId);

// To a GEM object.

/// <summary>A mapping for a file that holds a handle. Answered with <see cref="ObjectMapped"/>.</summary>
internal sealed record MapObject(Holder File, Holder Mapping, ulong MappingId, Mmap Call, IActorRef Caller);

/// <summary>FLINK: ENOENT where no file has a handle. Answered to the sender with Reply of GemNamed.</summary>
internal sealed record Flink
{
    public static readonly Flink Instance = new();
}

/// <summary>
/// One more handle, which the sender, a file, has set aside. Refused where the last handle has just gone and it was by that handle's name that the
/// object was found. Answered with <see cref="HandleOpened"/>.
/// </summary>
internal sealed record OpenHandle(Holder File, GemHandle Handle, bool ByName);

/// <param name="Object">Null where there is none.</param>
internal sealed record HandleOpened(GemHandle Handle, GemReference? Object, Errno Errno);

/// <summary>One more reference for a holder.</summary>
internal sealed record AddReference(Holder Holder);

/// <summary>One reference less. With a reply, that is told to the sender after the memory is given back (if this was the last).</summary>
internal sealed record DropReference(Holder Holder, object? Reply = null);

/// <summary>A file is gone, and its framebuffers before it: all that it holds. Answered with <see cref="FileDropped"/>, or by the object's end.</summary>
internal sealed record DropFile(ulong FileId);

internal sealed record FileDropped(ulong ObjectId, ulong FileId);

/// <summary>The object has given its memory back and stops. From the object to the GEM core.</summary>
/// <param name="Answer">To be passed on: of the call that was the object's end.</param>
internal sealed record ObjectFreed(ulong ObjectId, CallAnswer? Answer = null);

// For those who look at the objects from beside.

/// <summary>The objects of a device, by their ids. To the GEM core.</summary>
internal sealed record ListObjects : IIoctl<ObjectList>;

internal sealed record ObjectList(ImmutableArray<GemReference> Objects);

/// <summary>The objects of a device that have global names, by these. To the GEM core.</summary>
internal sealed record ListNames : IIoctl<NameList>;

internal sealed record NameList(ImmutableArray<(GemName Name, GemReference Object)> Names);

/// <summary>Who holds an object, and how often. To the object; ENODEV where it is gone.</summary>
internal sealed record ListHolders : IIoctl<HolderList>;

/// <param name="Import">What the object itself holds: another device's dma-buf; null for none.</param>
internal sealed record HolderList(ImmutableArray<HolderCount> Holders, DmaBuf? Import = null);

internal readonly record struct HolderCount(Holder Holder, int Count);
