using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class IoctlNumberTests
{
    [Theory]
    [InlineData(0xc0406400, IoctlDirection.ReadWrite, 0x00, 64)]
    [InlineData(0x40086409, IoctlDirection.Write, 0x09, 8)]
    [InlineData(0x80046402, IoctlDirection.Read, 0x02, 4)]
    [InlineData(0x0000641e, IoctlDirection.None, 0x1e, 0)]
    public void Number_should_be_made_of_its_parts(uint value, IoctlDirection direction, byte nr, int size)
    {
        var number = new IoctlNumber(value);

        Assert.Equal((direction, (byte)'d', nr, size), (number.Direction, number.Type, number.Nr, number.Size));
        Assert.Equal(number, new IoctlNumber(direction, (byte)'d', nr, size));
    }

    [Fact]
    public void Constructors_should_be_those_of_the_header()
    {
        Assert.Equal(0xc0206400u, IoctlNumber.IOWR<Guid2>(0).Value);
        Assert.Equal(0x40206401u, IoctlNumber.IOW<Guid2>(1).Value);
        Assert.Equal(0x80206402u, IoctlNumber.IOR<Guid2>(2).Value);
        Assert.Equal(0x00006403u, IoctlNumber.IO(3).Value);
    }

    private readonly record struct Guid2(Guid A, Guid B);
}
