using System.Collections.Frozen;
using System.Collections.Immutable;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages;

/// <summary>Every ioctl that this project knows, as data; the checks that it decides are pure functions beside it.</summary>
public static class IoctlTable
{
    /// <summary>All rows of cards, by nr.</summary>
    public static ImmutableArray<IoctlRow> Rows => IoctlTableRows.All;

    /// <summary>All rows of cards that only one driver takes.</summary>
    public static ImmutableArray<IoctlRow> DriverRows => IoctlTableRows.OfDrivers;

    /// <summary>All rows of descriptors that are no card's.</summary>
    public static ImmutableArray<IoctlRow> DescriptorRows => IoctlTableRows.OfDescriptors;

    private static readonly FrozenDictionary<Type, IoctlRow> ByMessage =
        Rows.Concat(DriverRows).Concat(DescriptorRows).ToFrozenDictionary(row => row.Message);

    // Those compare the whole number.
    private static readonly FrozenDictionary<IoctlNumber, IoctlRow> OfDescriptors = DescriptorRows.ToFrozenDictionary(row => row.Number);

    private static readonly IoctlRow?[] ByNr = IndexByNr();

    /// <summary>The row of a message; null for file operations (mmap, read, close), which anybody may do.</summary>
    public static IoctlRow? RowOf(IIoctl call) =>
        ByMessage.TryGetValue((call as RefusedIoctl)?.Call.GetType() ?? call.GetType(), out IoctlRow? row) ? row : null;

    /// <summary>The row of a name, as DRM_IOCTL_MODE_SETCRTC or MODE_SETCRTC; null for none.</summary>
    public static IoctlRow? RowNamed(string name) =>
        Rows.Concat(DriverRows).FirstOrDefault(row => row.Name == name || row.Name == $"DRM_IOCTL_{name}");

    /// <summary>The row of a number: of DRM's type by its nr only, EINVAL for an unknown one; of another type by all of it, else ENOTTY.</summary>
    public static IoctlRow? Find(IoctlNumber number, out Errno errno)
    {
        IoctlRow? row = number.IsOfCards ? ByNr[number.Nr] : OfDescriptors.GetValueOrDefault(number);
        errno = row is not null ? Errno.None : number.IsOfCards ? Errno.EINVAL : Errno.ENOTTY;
        return row;
    }

    /// <summary>Whether this caller may: EACCES, in the kernel's order of root, authentication, master, render node.</summary>
    public static Errno Permit(IoctlRow row, in CallerRights caller)
    {
        IoctlRights rights = row.Rights;
        bool refused = (rights.HasFlag(IoctlRights.RootOnly) && !caller.Root)
            || (rights.HasFlag(IoctlRights.Auth) && !caller.RenderNode && !caller.Authenticated)
            || (rights.HasFlag(IoctlRights.Master) && !caller.Master)
            || (!rights.HasFlag(IoctlRights.RenderAllow) && caller.RenderNode);
        return refused ? Errno.EACCES : Errno.None;
    }

    /// <summary>Whether the driver can: EOPNOTSUPP without the feature that the call needs, ENOSYS without dumb buffers or PRIME, EINVAL for another driver's.</summary>
    public static Errno Supports(IoctlRow row, DriverFeatures features) =>
        features.HasFlag(row.Needs) ? Errno.None : row.Missing;

    /// <summary>
    /// All that is decided before a call's own fields are looked at, in the kernel's order: rights, feature, and then what
    /// was wrong with the argument's arrays. None: the call goes on.
    /// </summary>
    public static Errno Admit(IIoctl call, in CallerRights caller, DriverFeatures features)
    {
        IoctlRow? row = RowOf(call);
        if (row is null)
        {
            return Errno.None;
        }

        Errno errno = Permit(row, in caller);
        if (errno == Errno.None)
        {
            errno = Supports(row, features);
        }

        return errno == Errno.None && call is RefusedIoctl refused ? refused.Errno : errno;
    }

    /// <summary>What is decided by a number alone, before the argument is read: EINVAL for another driver's own call.</summary>
    public static Errno Admit(IoctlNumber number, DriverFeatures features) =>
        number is { IsOfCards: true, Nr: >= Constants.DRM_COMMAND_BASE and < Constants.DRM_COMMAND_END } && ByNr[number.Nr] is { } row
            ? Supports(row, features)
            : Errno.None;

    private static IoctlRow?[] IndexByNr()
    {
        var index = new IoctlRow?[byte.MaxValue + 1];
        foreach (IoctlRow row in Rows.Concat(DriverRows))
        {
            index[row.Number.Nr] = row;
        }

        return index;
    }
}
