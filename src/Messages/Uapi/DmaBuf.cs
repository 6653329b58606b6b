using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct dma_buf_sync</c>, linux/dma-buf.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct dma_buf_sync
{
    public ulong flags;
}

/// <summary><c>struct dma_buf_export_sync_file</c>, linux/dma-buf.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct dma_buf_export_sync_file
{
    public uint flags;
    public int fd;
}

/// <summary><c>struct dma_buf_import_sync_file</c>, linux/dma-buf.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct dma_buf_import_sync_file
{
    public uint flags;
    public int fd;
}
