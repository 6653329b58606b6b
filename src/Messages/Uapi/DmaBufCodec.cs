using System.Runtime.InteropServices;
using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>dma-bufs.</summary>
internal static class DmaBufCodec
{
    /// <summary>Where in its argument the number of the exported sync file goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<dma_buf_export_sync_file>(nameof(dma_buf_export_sync_file.fd));

    public static readonly ArgumentCodec Sync =
        new ArgumentCodec<dma_buf_sync, DmaBufSync, Done>((in a, _) => new DmaBufSync((DmaBufSyncFlags)a.flags));

    /// <summary>The argument is itself the address of the name: its bytes are those of the pointer, not of what it points at.</summary>
    public static readonly ArgumentCodec SetName = new ArgumentCodec<ulong, DmaBufSetName, Done>(DecodeName);

    public static readonly ArgumentCodec ExportSyncFile =
        new ArgumentCodec<dma_buf_export_sync_file, DmaBufExportSyncFile, DmaBufSyncFile>(
            (in a, _) => new DmaBufExportSyncFile((DmaBufSyncFlags)a.flags));

    public static readonly ArgumentCodec ImportSyncFile =
        new ArgumentCodec<dma_buf_import_sync_file, DmaBufImportSyncFile, Done>(
            (in a, _) => new DmaBufImportSyncFile((DmaBufSyncFlags)a.flags, new(a.fd)));

    // Byte by byte: behind its end there may be nothing.
    private static IIoctl DecodeName(in ulong address, IClientMemory memory)
    {
        Span<byte> name = stackalloc byte[Constants.DMA_BUF_NAME_LEN];
        for (int i = 0; i < name.Length; i++)
        {
            if (!memory.TryReadArray(address + (ulong)i, name.Slice(i, 1)))
            {
                return new RefusedIoctl(new DmaBufSetName(""), Errno.EFAULT);
            }

            if (name[i] == 0)
            {
                return new DmaBufSetName(Encoding.Latin1.GetString(name[..i]));
            }
        }

        return new RefusedIoctl(new DmaBufSetName(""), Errno.EINVAL);
    }
}
