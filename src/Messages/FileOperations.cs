using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>
/// mmap(2) on the card, at a fake offset, in bytes. Checked in this order: device gone ENODEV; nothing starts there, it is
/// shorter than asked for, or it is being freed EINVAL; this file does not hold it EACCES.
/// </summary>
public sealed record Mmap(ulong Offset, ulong Length) : IIoctl<MmapRegion>;

/// <summary>A mapping, as values: its id (to unmap it by), and where in the arena the whole object lies (bytes), however little of it was asked for.</summary>
/// <param name="Stamp">Tells the object's block from an earlier one at the same place.</param>
public sealed record MmapRegion(ulong MappingId, long ArenaOffset, long Length, uint Stamp);

/// <summary>munmap(2) of a whole mapping. EINVAL for one that is not there.</summary>
public sealed record Munmap(ulong MappingId) : IIoctl<Done>;

/// <summary>
/// read(2): whole events, at most <see cref="Length"/> bytes of them. Waits for the first event, or answers EAGAIN when
/// <see cref="NonBlocking"/>; a first event that does not fit stays, and nothing is returned.
/// </summary>
public sealed record ReadEvents(int Length, bool NonBlocking) : IIoctl<EventBatch>;

public sealed record EventBatch(ImmutableArray<DrmEvent> Events);

/// <summary>close(2): gives back everything that the file holds, but for what its mappings keep.</summary>
public sealed record CloseFile : IIoctl<Done>;

/// <summary>close(2) of a descriptor that is no card's. EBADF for one that is not open.</summary>
public sealed record CloseDescriptor(Descriptor Descriptor) : IIoctl<Done>;

/// <summary>mmap(2), shared, of a descriptor that is no card's, from an offset in bytes.</summary>
public sealed record MmapDescriptor(Descriptor Descriptor, ulong Offset, ulong Length, bool Writes) : IIoctl<Done>;

/// <summary>lseek(2) of a descriptor that is no card's.</summary>
public sealed record SeekDescriptor(Descriptor Descriptor, long Offset, SeekOrigin Whence) : IIoctl<Done>;

/// <summary>poll(2) of a descriptor that is no card's.</summary>
public sealed record PollDescriptor(Descriptor Descriptor) : IIoctl<Done>;

/// <summary>What /proc/PID/fdinfo tells of a descriptor that is no card's.</summary>
public sealed record ReadFdInfo(Descriptor Descriptor) : IIoctl<Done>;

/// <summary>dup(2) of a descriptor that is no card's: the lowest free one. EBADF for one that is not open.</summary>
public sealed record DuplicateDescriptor(Descriptor Descriptor) : IIoctl<Done>;

/// <summary>read(2) of an event counter. EBADF for one that is not open, EINVAL for a descriptor of anything else.</summary>
public sealed record ReadDescriptor(Descriptor Descriptor) : IIoctl<Done>;
