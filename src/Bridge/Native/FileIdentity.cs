using System.Runtime.InteropServices;

namespace DrmActors.Bridge.Native;

/// <summary>What the kernel knows a file by, whoever has it open under whatever number.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    /// <summary>Null where it is not open.</summary>
    public static unsafe FileIdentity? Of(int descriptor)
    {
        // struct statx of linux/stat.h.
        Span<byte> facts = stackalloc byte[256];
        fixed (byte* at = facts)
            if (Sys.Stat(descriptor, "", Sys.EmptyPath, Sys.BasicStats, at) != 0)
                return null;
        return new FileIdentity(MemoryMarshal.Read<uint>(facts[136..]), MemoryMarshal.Read<uint>(facts[140..]), MemoryMarshal.Read<ulong>(facts[32..]));
    }
}
