namespace DrmActors.Messages.Uapi;

/// <summary>
/// Between the bytes of an ioctl's argument and the messages. The number says how many bytes there are and which way they
/// go, as in the kernel: an argument shorter than the struct reads as 0 at its end, a longer one keeps its tail, one that
/// is not passed in (no _IOC_WRITE, or none in the call's own number) reads as 0, and one that does not come out is left.
/// No bytes make it throw.
/// </summary>
public static class UapiCodec
{
    /// <summary>
    /// The call that the bytes mean. EINVAL for an unknown nr of DRM's type, ENOTTY for an unknown number of another, EFAULT where there are
    /// fewer bytes than the number says. What a descriptor of another kind takes, a card answers with ENOTTY, and the other way round. What an unreadable array makes of a call comes after the caller's rights, and is
    /// therefore a message: <see cref="RefusedIoctl"/>.
    /// </summary>
    public static (Errno Errno, IIoctl? Call) Decode(IoctlNumber number, ReadOnlySpan<byte> argument, IClientMemory memory)
    {
        IoctlRow? row = IoctlTable.Find(number, out Errno errno);
        if (row is null)
        {
            return (errno, null);
        }

        bool isIn = number.IsIn && row.Number.IsIn;
        return isIn && argument.Length < number.Size
            ? (Errno.EFAULT, null)
            : (Errno.None, row.Codec.Decode(isIn ? argument[..number.Size] : [], memory));
    }

    /// <summary>
    /// Writes a reply into the argument, and into the client's memory that it points at, and returns what the ioctl
    /// returns. A failure that carries a value writes it all the same.
    /// </summary>
    /// <param name="reply">A <see cref="Reply{T}"/> of the call that <see cref="Decode"/> made of the same bytes.</param>
    /// <param name="argument">The bytes as they were decoded; on return, as they are to be copied back.</param>
    public static Errno Encode(IoctlNumber number, object reply, Span<byte> argument, IClientMemory memory)
    {
        IoctlRow? row = IoctlTable.Find(number, out Errno errno);
        if (row is null)
        {
            return errno;
        }

        if (argument.Length < number.Size)
        {
            return Errno.EFAULT;
        }

        argument = argument[..number.Size];
        bool isIn = number.IsIn && row.Number.IsIn;
        bool isOut = number.IsOut && row.Number.IsOut;
        return row.Codec.Encode(reply, isIn ? argument : [], isOut ? argument : [], memory);
    }

    /// <summary>Where in its argument the number of the descriptor goes that a call makes, in bytes; -1 for a call that makes none.</summary>
    public static int DescriptorOffset(IIoctl call) => call switch
    {
        ModeCreateLease => LeaseCodec.DescriptorOffset,
        SyncMerge => SyncFileCodec.DescriptorOffset,
        SwSyncCreateFence => SwSyncCodec.DescriptorOffset,
        DmaBufExportSyncFile => DmaBufCodec.DescriptorOffset,
        PrimeHandleToFd => PrimeCodec.DescriptorOffset,
        SyncobjHandleToFd => SyncobjCodec.DescriptorOffset,
        _ => -1,
    };

    /// <summary>An event as read(2) returns it, <see cref="DrmEvent.Length"/> bytes. False, and nothing written, where it does not fit.</summary>
    public static bool TryEncodeEvent(DrmEvent drmEvent, Span<byte> destination) => EventCodec.TryEncode(drmEvent, destination);
}
