using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>What a dma-buf's memory is used for, and whether that begins or ends. linux/dma-buf.h.</summary>
[Flags]
public enum DmaBufSyncFlags : ulong
{
    /// <summary>DMA_BUF_SYNC_START, which is no bit.</summary>
    None = 0,
    Read = 1,
    Write = 2,
    End = 4,
}

/// <summary>
/// DMA_BUF_IOCTL_SYNC: begins or ends a use of a dma-buf's mapping. A beginning waits for those who write, and one that writes for those who read as
/// well. EINVAL for unknown flags, or neither read nor write; EINTR for a wait that was interrupted. linux/dma-buf.h.
/// </summary>
public sealed record DmaBufSync(DmaBufSyncFlags Flags) : IIoctl<Done>
{
    private const DmaBufSyncFlags Uses = DmaBufSyncFlags.Read | DmaBufSyncFlags.Write;

    /// <summary>Whether the flags mean anything.</summary>
    public bool IsValid => (Flags & ~(Uses | DmaBufSyncFlags.End)) == DmaBufSyncFlags.None && (Flags & Uses) != DmaBufSyncFlags.None;
}

/// <summary>DMA_BUF_SET_NAME: what people call a dma-buf. EFAULT for a name that cannot be read, EINVAL for one of more than 31 bytes. linux/dma-buf.h.</summary>
public sealed record DmaBufSetName(string Name) : IIoctl<Done>;

/// <summary>
/// DMA_BUF_IOCTL_EXPORT_SYNC_FILE: a sync file of what a use would wait for. EINVAL for flags other than read and write, or neither. linux/dma-buf.h.
/// </summary>
public sealed record DmaBufExportSyncFile(DmaBufSyncFlags Flags) : IIoctl<DmaBufSyncFile>;

public sealed record DmaBufSyncFile(Descriptor Descriptor) : IMakesDescriptors
{
    ImmutableArray<MadeDescriptor> IMakesDescriptors.Made => [new(Descriptor)];
}

/// <summary>
/// DMA_BUF_IOCTL_IMPORT_SYNC_FILE: what a sync file waits for is a use of the memory from now on, for which others wait. EINVAL for flags other than
/// read and write, neither, or a descriptor that is of no sync file, or not open. linux/dma-buf.h.
/// </summary>
public sealed record DmaBufImportSyncFile(DmaBufSyncFlags Flags, Descriptor SyncFile) : IIoctl<Done>, ITakesDescriptors
{
    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [SyncFile];

    IIoctl ITakesDescriptors.With(ImmutableArray<Descriptor> descriptors) => this with { SyncFile = descriptors[0] };
}
