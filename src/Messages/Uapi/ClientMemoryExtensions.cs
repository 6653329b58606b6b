using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>
/// Arrays in the client's memory, and the ways in which the DRM core answers one that is too short: the caller's count
/// says how many fit, and becomes the true count; on EFAULT it stays.
/// </summary>
internal static class ClientMemoryExtensions
{
    private const ulong PageSize = 4096;

    public static bool TryReadArray<T>(this IClientMemory memory, ulong address, Span<T> items)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(items);
        return bytes.IsEmpty || (IsRange(address, bytes.Length) && memory.TryRead(address, bytes));
    }

    /// <summary>As many items as can be read from the beginning on: memory ends where a page does.</summary>
    /// <remarks>For arrays that the kernel reads one by one, and looks at each before it reads the next.</remarks>
    public static int ReadStart<T>(this IClientMemory memory, ulong address, Span<T> items)
        where T : unmanaged
    {
        if (memory.TryReadArray(address, items))
        {
            return items.Length;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(items);
        int end = bytes.Length;
        // All are asked for before one that did not come along ends it.
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            ulong start = address + (ulong)at;
            length = (int)Math.Min(PageSize - (start % PageSize), (ulong)(bytes.Length - at));
            if (start < address || !memory.TryReadArray(start, bytes.Slice(at, length)))
            {
                end = Math.Min(end, at);
            }
        }

        return end / Unsafe.SizeOf<T>();
    }

    public static bool TryWriteArray<T>(this IClientMemory memory, ulong address, ReadOnlySpan<T> items)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(items);
        return bytes.IsEmpty || (IsRange(address, bytes.Length) && memory.TryWrite(address, bytes));
    }

    /// <summary>The first ones, as many as fit.</summary>
    public static Errno WriteWhatFits<T>(this IClientMemory memory, ulong address, ref uint count, ImmutableArray<T> items)
        where T : unmanaged
    {
        ReadOnlySpan<T> all = items.AsSpan();
        if (!memory.TryWriteArray(address, all[..(int)Math.Min(count, (uint)all.Length)]))
        {
            return Errno.EFAULT;
        }

        count = (uint)all.Length;
        return Errno.None;
    }

    /// <summary>All of them, or none where they do not fit.</summary>
    public static Errno WriteAllOrNone<T>(this IClientMemory memory, ulong address, ref uint count, ImmutableArray<T> items)
        where T : unmanaged
    {
        ReadOnlySpan<T> all = items.AsSpan();
        if (count >= all.Length && !memory.TryWriteArray(address, all))
        {
            return Errno.EFAULT;
        }

        count = (uint)all.Length;
        return Errno.None;
    }

    /// <summary>The first bytes, as many as fit; nothing to a null pointer. The true length is told even on EFAULT.</summary>
    public static Errno WriteCut(this IClientMemory memory, ulong address, ref ulong length, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int fits = (int)Math.Min(length, (ulong)bytes.Length);
        length = (ulong)bytes.Length;
        return address == 0 || memory.TryWriteArray<byte>(address, bytes.AsSpan(0, fits)) ? Errno.None : Errno.EFAULT;
    }

    private static bool IsRange(ulong address, int length) => address <= ulong.MaxValue - (ulong)length;
}
