using DrmActors.Messages;

namespace DrmActors.Hardware.Memory;

/// <summary>The page table of the Rockchip IOMMU: 32 bits of address, split 10, 10 and 12. Not thread-safe.</summary>
internal sealed class IommuPageTable
{
    private const int EntryBits = 10;
    private const int Entries = 1 << EntryBits;
    private const int PageBits = 12;

    // An entry is the physical address with its lowest bit set; 0 is not mapped.
    private const long Valid = 1;

    private readonly long[]?[] _directory = new long[Entries][];

    internal int MappedPages { get; private set; }

    /// <returns>EEXIST when the page is mapped already; it stays as it was.</returns>
    internal Errno Map(long iova, long physical)
    {
        var table = _directory[(int)(iova >> (PageBits + EntryBits))] ??= new long[Entries];
        ref var entry = ref table[(int)(iova >> PageBits) & (Entries - 1)];
        if (entry != 0)
            return Errno.EEXIST;
        entry = physical | Valid;
        MappedPages++;
        return Errno.None;
    }

    /// <returns>ENOENT when the page is not mapped.</returns>
    internal Errno Unmap(long iova)
    {
        if (!TryTranslate(iova, out _))
            return Errno.ENOENT;
        _directory[(int)(iova >> (PageBits + EntryBits))]![(int)(iova >> PageBits) & (Entries - 1)] = 0;
        MappedPages--;
        return Errno.None;
    }

    internal bool TryTranslate(long iova, out long physical)
    {
        physical = 0;
        if ((ulong)iova >> (PageBits + (2 * EntryBits)) != 0)
            return false;
        var entry = _directory[(int)(iova >> (PageBits + EntryBits))]?[(int)(iova >> PageBits) & (Entries - 1)] ?? 0;
        if (entry == 0)
            return false;
        physical = (entry & ~Valid) + (iova & ((1 << PageBits) - 1));
        return true;
    }

    internal void Clear()
    {
        Array.Clear(_directory);
        MappedPages = 0;
    }
}
