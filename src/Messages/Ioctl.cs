namespace DrmActors.Messages;

/// <summary>A call on an open DRM file: an ioctl, or one of the file operations beside them (mmap, read, close).</summary>
public interface IIoctl
{
    /// <summary>The reply of the same type as a successful one, but with an error number.</summary>
    object Fail(Errno errno);
}

/// <summary>A call and the type of its answer. Every call is answered with exactly one <see cref="Reply{T}"/>.</summary>
public interface IIoctl<TReply> : IIoctl
    where TReply : class
{
    object IIoctl.Fail(Errno errno) => Reply<TReply>.Failed(errno);
}

/// <summary>
/// A call whose argument pointed at what could not be read, so that its message is not all there. It is refused with
/// <see cref="Errno"/>, but only after the caller's rights and the driver's features: see <see cref="IoctlTable.Admit"/>.
/// </summary>
public sealed record RefusedIoctl(IIoctl Call, Errno Errno) : IIoctl
{
    public object Fail(Errno errno) => Call.Fail(errno);
}

/// <summary>A reply to whichever call.</summary>
public interface IReply
{
    Errno Errno { get; }

    object? Value { get; }
}

/// <summary>
/// The answer to a call. <see cref="Value"/> is there on success, and on failure where the kernel writes the
/// argument back all the same (SET_VERSION, the count fields of short arrays).
/// </summary>
public sealed record Reply<T>(Errno Errno, T? Value) : IReply
    where T : class
{
    private static readonly Reply<T>?[] Failures = new Reply<T>?[128];

    object? IReply.Value => Value;

    public bool Ok => Errno == Errno.None;

    public static Reply<T> Success(T value) => new(Errno.None, value);

    /// <summary>A failure without a value; one instance an error number, so a refused call allocates nothing.</summary>
    public static Reply<T> Failed(Errno errno) =>
        Failures[(int)errno] ??= new Reply<T>(errno, null);
}

/// <summary>What a call returns that has nothing to say beside its error number.</summary>
public sealed record Done
{
    public static readonly Done Instance = new();
    public static readonly Reply<Done> Ok = Reply<Done>.Success(Instance);

    private Done()
    {
    }
}
