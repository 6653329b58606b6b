using System.Runtime.CompilerServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Which way the argument goes, seen from the caller: _IOC_WRITE in, _IOC_READ out. asm-generic/ioctl.h.</summary>
[Flags]
public enum IoctlDirection : uint
{
    None = 0,
    Write = 1,
    Read = 2,
    ReadWrite = Write | Read,
}

/// <summary>
/// An ioctl's number as it is passed to ioctl(2). Source: asm-generic/ioctl.h.
/// <code>
/// 31..30 direction   29..16 size of the argument, bytes   15..8 type, 'd' for DRM   7..0 nr
/// </code>
/// </summary>
public readonly record struct IoctlNumber(uint Value)
{
    public IoctlNumber(IoctlDirection direction, byte type, byte nr, int size)
        : this(((uint)direction << 30) | ((uint)size << 16) | ((uint)type << 8) | nr)
    {
    }

    public IoctlDirection Direction => (IoctlDirection)(Value >> 30);

    /// <summary>Bytes, below 16,384.</summary>
    public int Size => (int)(Value >> 16) & 0x3fff;

    public byte Type => (byte)(Value >> 8);

    public byte Nr => (byte)Value;

    /// <summary>Of DRM, whatever its nr.</summary>
    public bool IsOfCards => Type == Constants.DRM_IOCTL_BASE;

    /// <summary>The argument's bytes are read by the call.</summary>
    internal bool IsIn => Direction.HasFlag(IoctlDirection.Write);

    /// <summary>The argument's bytes are written back by the call.</summary>
    internal bool IsOut => Direction.HasFlag(IoctlDirection.Read);

    /// <summary>DRM_IO.</summary>
    public static IoctlNumber IO(byte nr) => new(IoctlDirection.None, Constants.DRM_IOCTL_BASE, nr, 0);

    /// <summary>DRM_IOR; _IOR with another type.</summary>
    public static IoctlNumber IOR<T>(byte nr, byte type = Constants.DRM_IOCTL_BASE)
        where T : unmanaged => new(IoctlDirection.Read, type, nr, Unsafe.SizeOf<T>());

    /// <summary>DRM_IOW; _IOW with another type.</summary>
    public static IoctlNumber IOW<T>(byte nr, byte type = Constants.DRM_IOCTL_BASE)
        where T : unmanaged => new(IoctlDirection.Write, type, nr, Unsafe.SizeOf<T>());

    /// <summary>DRM_IOWR; _IOWR with another type.</summary>
    public static IoctlNumber IOWR<T>(byte nr, byte type = Constants.DRM_IOCTL_BASE)
        where T : unmanaged => new(IoctlDirection.ReadWrite, type, nr, Unsafe.SizeOf<T>());

    public override string ToString() => $"0x{Value:x8}";
}
