using DrmActors.Hardware.Images;

namespace DrmActors.Hardware.Tests.Images;

public class PpmReaderTests
{
    [Fact]
    public void Binary_file_should_be_read() =>
        Assert.Equal([0xff010203u, 0xff0a0b0cu], Read([.. "P6\n2 1\n255\n"u8, 1, 2, 3, 10, 11, 12]));

    [Fact]
    public void First_sample_may_look_like_a_blank_or_a_comment() =>
        Assert.Equal([0xff200a23u], Read([.. "P6 1 1 255\n"u8, 0x20, 0x0a, 0x23]));

    [Fact]
    public void Text_file_should_be_read() =>
        Assert.Equal([0xff010203u, 0xff0a0b0cu], Read([.. "P3 2 1 255\n1 2 3\n10 11 12"u8]));

    [Fact]
    public void Comments_should_be_passed_over() =>
        Assert.Equal([0xff010203u], Read([.. "P3 # a picture\n# 7\n1 1 # size\n255 1 2#two\n3"u8]));

    [Fact]
    public void Samples_should_be_scaled_to_the_largest_value() =>
        Assert.Equal([0xff00ff80u], Read([.. "P6 1 1 2\n"u8, 0, 2, 1]));

    [Fact]
    public void Sixteen_bit_samples_should_be_reduced() =>
        Assert.Equal([0xff0080ffu], Read([.. "P6 1 1 65535\n"u8, 0x00, 0x7f, 0x80, 0x00, 0xff, 0xff]));

    private static uint[] Read(byte[] bytes) => ImageFile.Read(bytes, "test.ppm").Xrgb;
}
