using DrmActors.Actors.Descriptors;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Descriptors;

public class DescriptorTableTests
{
    private readonly DescriptorTable _table = new();

    [Fact]
    public void The_lowest_free_number_is_taken()
    {
        var file = new Counted();
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => _table.Add(file).Number));
        _table.Close(new(1));
        _table.Close(new(0));
        Assert.Equal([0, 1, 3], Enumerable.Range(0, 3).Select(_ => _table.Add(file).Number));
        Assert.Equal(4, _table.Count);
    }

    [Fact]
    public void The_last_descriptor_ends_what_it_stands_for_once_and_for_good()
    {
        var file = new Counted();
        var first = _table.Add(file);
        var second = _table.Duplicate(first);
        Assert.Equal(Errno.None, _table.Close(first));
        Assert.Equal(0, file.Ends);
        Assert.Same(file, _table.Find(second));
        Assert.Equal(Errno.None, _table.Close(second));
        Assert.Equal(1, file.Ends);
        Assert.Equal(Descriptor.None, _table.Add(file));
        Assert.Equal(0, _table.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(7)]
    public void What_is_not_open_is_EBADF(int number)
    {
        Assert.Null(_table.Find(new(number)));
        Assert.Equal(Errno.EBADF, _table.Close(new(number)));
        Assert.Equal(Descriptor.None, _table.Duplicate(new(number)));
    }

    private sealed class Counted : Description
    {
        public int Ends { get; private set; }

        protected override void Released() => Ends++;
    }
}
