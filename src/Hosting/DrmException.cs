using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>A call that the card has refused: the error number, and what was asked.</summary>
public sealed class DrmException : Exception
{
    public DrmException(Errno errno, IIoctl asked)
        : base($"{NameOf(asked)}: {errno} ({(int)errno}) for {asked}")
    {
        Errno = errno;
        Asked = asked;
    }

    public Errno Errno { get; }

    /// <summary>The refused call, with its arguments.</summary>
    public IIoctl Asked { get; }

    /// <summary>As DRM_IOCTL_MODE_CREATE_DUMB; for a file operation its own name, as Mmap.</summary>
    public string Call => NameOf(Asked);

    private static string NameOf(IIoctl asked) => IoctlTable.RowOf(asked)?.Name ?? asked.GetType().Name;
}
