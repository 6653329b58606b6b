using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class VgemCodecTests
{
    // Of the kernel's own header, which Debian does not ship.
    [Theory]
    [InlineData(typeof(VgemFenceAttach), 0xc0106441u)]
    [InlineData(typeof(VgemFenceSignal), 0x40086442u)]
    public void Numbers_should_be_the_kernels(Type message, uint expected)
    {
        var row = Assert.Single(IoctlTable.DriverRows, r => r.Message == message);
        Assert.Equal(expected, row.Number.Value);
        Assert.Same(row, IoctlTable.Find(row.Number, out _));
        Assert.DoesNotContain(IoctlTable.Rows, r => r.Number.Nr == row.Number.Nr);
    }

    [Fact]
    public void Anybody_may_where_the_driver_has_them_and_else_it_should_be_EINVAL()
    {
        foreach (var row in IoctlTable.DriverRows)
        {
            Assert.Equal((IoctlRights.RenderAllow, Errno.EINVAL), (row.Rights, IoctlTable.Supports(row, DriverFeatures.Gem | DriverFeatures.Render)));
            Assert.Equal(Errno.None, IoctlTable.Supports(row, DriverFeatures.Gem | DriverFeatures.VgemFences));
        }
    }

    [Fact]
    public void A_fence_should_go_there_and_back()
    {
        var argument = new vgem_fence_attach { handle = 3, flags = 1, out_fence = 9, pad = 5 };
        Assert.Equal(new VgemFenceAttach(new(3), VgemFenceAttach.Write, 5), Ioctl.Decode<VgemFenceAttach, vgem_fence_attach>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<VgemFenceAttach, vgem_fence_attach>(Reply<VgemFenceAttached>.Success(new(77)), ref argument));
        Assert.Equal((3u, 1u, 77u, 5u), (argument.handle, argument.flags, argument.out_fence, argument.pad));
        Assert.Equal(new VgemFenceSignal(7, 2), Ioctl.Decode<VgemFenceSignal, vgem_fence_signal>(new vgem_fence_signal { fence = 7, flags = 2 }));
    }
}
