using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class BlobCodecTests
{
    private const ulong A = ClientMemory.Start;

    private static readonly Reply<PropBlob> Three = Reply<PropBlob>.Success(new PropBlob([1, 2, 3]));

    private readonly ClientMemory _memory = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(3, 1)]
    public void Blob_should_be_written_to_who_knows_its_length(uint length, byte expected)
    {
        var argument = new drm_mode_get_blob { blob_id = 61, length = length, data = A };

        Assert.Equal(new ModeGetPropBlob(new(61)), Ioctl.Decode<ModeGetPropBlob, drm_mode_get_blob>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetPropBlob, drm_mode_get_blob>(Three, ref argument, _memory));
        Assert.Equal((3u, expected), (argument.length, _memory.Bytes[0]));
    }

    [Fact]
    public void Blob_should_be_created_of_the_clients_bytes()
    {
        _memory.Put<byte>(A, 7, 8, 9);
        var argument = new drm_mode_create_blob { data = A, length = 3 };

        Assert.Equal([7, 8, 9], Ioctl.Decode<ModeCreatePropBlob, drm_mode_create_blob>(argument, _memory).Data.ToArray());
        Reply<PropBlobCreated> reply = Reply<PropBlobCreated>.Success(new PropBlobCreated(new(61)));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeCreatePropBlob, drm_mode_create_blob>(reply, ref argument));
        Assert.Equal(61u, argument.blob_id);
    }

    [Theory]
    [InlineData(0, A, Errno.EINVAL)]
    [InlineData(uint.MaxValue, A, Errno.EINVAL)]
    [InlineData(0x7fffffff, A, Errno.EINVAL)]
    [InlineData(0x7f000000, A, Errno.ENOMEM)]
    [InlineData(64, ClientMemory.Unmapped, Errno.EFAULT)]
    public void Blob_that_cannot_be_should_be_refused(uint length, ulong data, Errno expected) =>
        Assert.Equal(
            expected, Ioctl.DecodeRefused<ModeCreatePropBlob, drm_mode_create_blob>(new() { data = data, length = length }, _memory).Errno);

    [Fact]
    public void Blob_should_be_destroyed_by_its_id() =>
        Assert.Equal(
            new ModeDestroyPropBlob(new(61)), Ioctl.Decode<ModeDestroyPropBlob, drm_mode_destroy_blob>(new() { blob_id = 61 }));

    // As a kernel's vkms tells the formats of its overlays: XR24, XR48, RG16 of the primary plane, and two more.
    [Theory]
    [InlineData(
        new uint[] { 0x34325258, 0x38345258, 0x36314752 },
        "010000000000000003000000180000000100000028000000585232345852343852473136000000000700000000000000" + "00000000000000000000000000000000")]
    [InlineData(
        new uint[] { 0x34325241, 0x34325258, 0x38345258, 0x38345241, 0x36314752 },
        "01000000000000000500000018000000010000003000000041523234585232345852343841523438524731360000000" + "01f000000000000000000000000000000" + "0000000000000000")]
    public void Linear_formats_should_lie_as_the_kernels(uint[] formats, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(BlobContents.OfLinearFormats([.. formats]).AsSpan()));

    [Fact]
    public void Mode_should_be_the_struct() =>
        Assert.Equal(
            Ioctl.BytesOf(ModeInfoCodec.Encode(new ModeInfo { Clock = 65000, Name = "1024x768" })),
            BlobContents.OfMode(new ModeInfo { Clock = 65000, Name = "1024x768" }));
}
