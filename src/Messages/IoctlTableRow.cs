using DrmActors.Messages.Uapi;

namespace DrmActors.Messages;

/// <summary>Who may make a call: the DRM_AUTH, DRM_MASTER, DRM_ROOT_ONLY and DRM_RENDER_ALLOW of the kernel's table.</summary>
[Flags]
public enum IoctlRights
{
    None = 0,

    /// <summary>Only an authenticated file.</summary>
    Auth = 1,

    /// <summary>Only the current master.</summary>
    Master = 2,

    /// <summary>Only root.</summary>
    RootOnly = 4,

    /// <summary>On a render node as well.</summary>
    RenderAllow = 8,
}

/// <summary>What a driver can do, as far as calls depend on it: the kernel's feature bits, and what it asks for in the same place.</summary>
[Flags]
public enum DriverFeatures
{
    None = 0,
    Gem = 1 << 0,
    Modeset = 1 << 1,

    /// <summary>Exports and imports dma-bufs. No feature bit since Linux 5.4; a driver that has none of it lacks the callbacks.</summary>
    Prime = 1 << 2,
    Render = 1 << 3,
    Atomic = 1 << 4,
    Syncobj = 1 << 5,
    SyncobjTimeline = 1 << 6,

    /// <summary>Vblanks have been initialised.</summary>
    Vblank = 1 << 16,

    /// <summary>The driver creates dumb buffers.</summary>
    DumbBuffers = 1 << 17,

    /// <summary>The driver takes vgem's own calls.</summary>
    VgemFences = 1 << 18,
}

/// <summary>The nodes of a device that take a call. Control nodes take none.</summary>
[Flags]
public enum NodeKinds
{
    None = 0,
    Primary = 1,
    Render = 2,
}

/// <summary>What the rights are checked against, of one open file.</summary>
/// <param name="Master">The file is the device's current master.</param>
/// <param name="Root">The caller has CAP_SYS_ADMIN now.</param>
/// <param name="RenderNode">The file was opened on a render node.</param>
public readonly record struct CallerRights(bool Authenticated, bool Master, bool Root, bool RenderNode);

/// <summary>One ioctl: its name and number in the UAPI, its message, and its contract.</summary>
public sealed class IoctlRow
{
    internal IoctlRow(string name, IoctlNumber number, IoctlRights rights, DriverFeatures needs, ArgumentCodec codec)
    {
        Name = name;
        Number = number;
        Rights = rights;
        Needs = needs;
        Codec = codec;
    }

    /// <summary>The name of the number in drm.h, as DRM_IOCTL_MODE_SETCRTC.</summary>
    public string Name { get; }

    public IoctlNumber Number { get; }

    public IoctlRights Rights { get; }

    /// <summary>The feature that the driver must have, or none.</summary>
    public DriverFeatures Needs { get; }

    /// <summary>The answer where it has not.</summary>
    public Errno Missing => Needs switch
    {
        DriverFeatures.DumbBuffers or DriverFeatures.Prime => Errno.ENOSYS,
        DriverFeatures.VgemFences => Errno.EINVAL,
        _ => Errno.EOPNOTSUPP,
    };

    public NodeKinds Nodes => Rights.HasFlag(IoctlRights.RenderAllow) ? NodeKinds.Primary | NodeKinds.Render : NodeKinds.Primary;

    /// <summary>The type of the message, an <see cref="IIoctl"/>.</summary>
    public Type Message => Codec.Message;

    /// <summary>The type of the argument's struct in <c>Uapi</c>; <see cref="NoArgument"/> where there is none.</summary>
    internal Type Argument => Codec.Argument;

    internal ArgumentCodec Codec { get; }

    public override string ToString() => Name;
}
