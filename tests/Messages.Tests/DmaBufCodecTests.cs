using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class DmaBufCodecTests
{
    private const ulong A = ClientMemory.Start;

    private readonly ClientMemory _memory = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(4, false)]
    [InlineData(8, false)]
    [InlineData(0x1_0000_0001, false)]
    public void Sync_should_carry_all_of_its_flags(ulong flags, bool isValid)
    {
        var call = Ioctl.Decode<DmaBufSync, dma_buf_sync>(new dma_buf_sync { flags = flags });
        Assert.Equal(((DmaBufSyncFlags)flags, isValid), (call.Flags, call.IsValid));
    }

    [Fact]
    public void Name_should_be_what_the_argument_itself_points_at()
    {
        _memory.Put<byte>(A, [.. "scan-out"u8, 0, 0x55]);
        Assert.Equal(new DmaBufSetName("scan-out"), Ioctl.Decode<DmaBufSetName, ulong>(A, _memory));
        _memory.Put<byte>(A, 0);
        Assert.Equal(new DmaBufSetName(""), Ioctl.Decode<DmaBufSetName, ulong>(A, _memory));
    }

    [Theory]
    [InlineData(31, Errno.None)]
    [InlineData(32, Errno.EINVAL)]
    public void Name_should_have_31_bytes_at_most(int length, Errno expected)
    {
        _memory.Put<byte>(A, [.. Enumerable.Repeat((byte)'x', length), 0]);
        if (expected == Errno.None)
            Assert.Equal(length, Ioctl.Decode<DmaBufSetName, ulong>(A, _memory).Name.Length);
        else
            Assert.Equal(expected, Ioctl.DecodeRefused<DmaBufSetName, ulong>(A, _memory).Errno);
    }

    [Fact]
    public void Name_that_cannot_be_read_should_be_refused() =>
        Assert.Equal(Errno.EFAULT, Ioctl.DecodeRefused<DmaBufSetName, ulong>(ClientMemory.Unmapped, _memory).Errno);

    [Fact]
    public void Sync_files_should_come_and_go()
    {
        var export = new dma_buf_export_sync_file { flags = 3, fd = -1 };
        var call = Ioctl.Decode<DmaBufExportSyncFile, dma_buf_export_sync_file>(export);
        Assert.Equal(new DmaBufExportSyncFile(DmaBufSyncFlags.Read | DmaBufSyncFlags.Write), call);
        Assert.Equal(Errno.None, Ioctl.Encode<DmaBufExportSyncFile, dma_buf_export_sync_file>(Reply<DmaBufSyncFile>.Success(new(new(5))), ref export));
        // The descriptor's number is not the codec's to say.
        Assert.Equal((-1, 4), (export.fd, UapiCodec.DescriptorOffset(call)));
        Assert.Equal(
            new DmaBufImportSyncFile(DmaBufSyncFlags.Write, new(6)),
            Ioctl.Decode<DmaBufImportSyncFile, dma_buf_import_sync_file>(new dma_buf_import_sync_file { flags = 2, fd = 6 }));
    }
}
