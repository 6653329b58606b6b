using DrmActors.Actors.Drivers;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>How dumb buffers lie in memory, under Rockchip's rule (64 bytes) and under the default one (1).</summary>
public sealed class DumbLayoutSpecs
{
    [Theory]
    [InlineData(1920, 1080, 32, 64, 7680, 8_294_400)]
    [InlineData(1366, 768, 32, 64, 5504, 4_227_072)]
    [InlineData(1366, 768, 32, 1, 5464, 4_198_400)]
    [InlineData(1, 1, 1, 64, 64, 4096)]
    [InlineData(1, 1, 1, 1, 1, 4096)]
    [InlineData(9, 1, 1, 1, 2, 4096)]
    [InlineData(17, 4097, 16, 64, 64, 266_240)]
    public void Rows_should_be_rounded_up_to_the_alignment_and_the_whole_to_a_page(
        uint width, uint height, uint bpp, uint alignment, uint pitch, ulong size)
    {
        Assert.Equal(new DumbLayout(Errno.None, pitch, size), DumbLayout.Of(width, height, bpp, alignment));
    }

    [Theory]
    [InlineData(0u, 1u, 1u)]
    [InlineData(1u, 0u, 1u)]
    [InlineData(1u, 1u, 0u)]
    [InlineData(1u, 1u, uint.MaxValue)]
    [InlineData(1u, 1u, uint.MaxValue - 7)]
    [InlineData(0x4000_0000u, 1u, 32u)]
    [InlineData(uint.MaxValue, uint.MaxValue, 32u)]
    [InlineData(0x1000_0000u, 16u, 8u)]
    [InlineData(0xffff_f001u, 1u, 8u)]
    [InlineData(0xffff_f001u, 1u, 1u)]
    public void Sizes_of_zero_or_beyond_32_bits_should_be_refused(uint width, uint height, uint bpp)
    {
        Assert.Equal(Errno.EINVAL, DumbLayout.Of(width, height, bpp, 1).Errno);
        Assert.Equal(Errno.EINVAL, DumbLayout.Of(width, height, bpp, 64).Errno);
    }

    [Fact]
    public void The_largest_size_should_be_the_last_page_below_32_bits()
    {
        Assert.Equal(new DumbLayout(Errno.None, 0xffff_f000, 0xffff_f000), DumbLayout.Of(0xffff_f000, 1, 8, 1));
        Assert.Equal(Errno.EINVAL, DumbLayout.Of(0xffff_f001, 1, 8, 1).Errno);
    }

    [Fact]
    public void Whole_bytes_a_pixel_should_count_where_the_rows_themselves_would_fit()
    {
        // 1 bit a pixel is counted as a whole byte first, as the kernel's core does before it asks the driver.
        Assert.Equal(Errno.EINVAL, DumbLayout.Of(0x8000_0000, 2, 1, 1).Errno);
        Assert.Equal(Errno.None, DumbLayout.Of(0x8000_0000, 1, 1, 1).Errno);
    }

    [Fact]
    public void Rows_that_only_the_alignment_makes_too_large_should_be_refused()
    {
        Assert.Equal(Errno.None, DumbLayout.Of(1, 0x8000_0000, 8, 1).Errno);
        Assert.Equal(Errno.EINVAL, DumbLayout.Of(1, 0x8000_0000, 8, 64).Errno);
    }
}
