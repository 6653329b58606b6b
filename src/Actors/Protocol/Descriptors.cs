using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>
/// ioctl(2) on a descriptor that is no card's. EBADF where it is not open, ENOTTY for a call that is none of its kind's. One that waits ends with EINTR
/// by <see cref="InterruptCall"/> of the same sender, or by <see cref="GiveUpSync"/>.
/// </summary>
/// <param name="Wait">Names its wait, to give it up by: the caller's own number; 0 for none.</param>
internal sealed record DescriptorCall<T>(Descriptor Descriptor, IIoctl<T> Call, ulong Wait = 0) : IDescriptorCall, IIoctl<T>
    where T : class
{
    IIoctl IDescriptorCall.Call => Call;
}

/// <inheritdoc cref="DescriptorCall{T}"/>
internal interface IDescriptorCall : IIoctl
{
    Descriptor Descriptor { get; }

    IIoctl Call { get; }

    ulong Wait { get; }
}

/// <summary>
/// poll(2) for reading of a sync file. EBADF where it is not open, EINVAL where it is no sync file, ETIME where its time is over, EINTR where the wait
/// was given up.
/// </summary>
/// <param name="Wait">Names the wait, to give it up by: the caller's own number.</param>
/// <param name="Until">In nanoseconds of the host's clock; <see cref="long.MaxValue"/> for as long as it takes.</param>
internal sealed record WaitForSync(Descriptor Descriptor, ulong Wait, long Until) : IIoctl<Done>;

/// <summary>Nobody waits any more: the wait is answered with EINTR, unless it has been answered.</summary>
internal sealed record GiveUpSync(ulong Wait);
