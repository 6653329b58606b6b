using System.Runtime.CompilerServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class SwSyncCodecTests
{
    // Of the kernel's own definitions: no header has them.
    [Theory]
    [InlineData(typeof(SwSyncCreateFence), 0xc0285700u)]
    [InlineData(typeof(SwSyncInc), 0x40045701u)]
    [InlineData(typeof(SwSyncGetDeadline), 0xc0105702u)]
    public void Numbers_should_be_the_kernels(Type message, uint expected) =>
        Assert.Equal(expected, IoctlTable.DescriptorRows.Single(r => r.Message == message).Number.Value);

    [Fact]
    public void A_fence_should_have_its_point_and_a_place_for_its_file()
    {
        var argument = new sw_sync_create_fence_data { value = uint.MaxValue, name = SyncFileCodec.NameOf("frame"), fence = -9 };
        var call = Ioctl.Decode<SwSyncCreateFence, sw_sync_create_fence_data>(argument);
        Assert.Equal(new SwSyncCreateFence(uint.MaxValue, "frame"), call);
        Assert.Equal(Errno.None, Ioctl.Encode<SwSyncCreateFence, sw_sync_create_fence_data>(Reply<SwSyncFence>.Success(new(new(4))), ref argument));
        Assert.Equal((-9, 36, 40), (argument.fence, UapiCodec.DescriptorOffset(call), Unsafe.SizeOf<sw_sync_create_fence_data>()));
    }

    [Fact]
    public void Steps_and_deadlines_should_be_told()
    {
        Assert.Equal(new SwSyncInc(7), Ioctl.Decode<SwSyncInc, uint>(7));
        var argument = new sw_sync_get_deadline { deadline_ns = 1, pad = 2, fence_fd = 3 };
        Assert.Equal(new SwSyncGetDeadline(new(3), 1, 2), Ioctl.Decode<SwSyncGetDeadline, sw_sync_get_deadline>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<SwSyncGetDeadline, sw_sync_get_deadline>(Reply<SwSyncDeadline>.Success(new(77)), ref argument));
        Assert.Equal(77ul, argument.deadline_ns);
    }
}
