using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Tests;

/// <summary>What a copy of this process has, and when its last close is heard of.</summary>
public sealed unsafe class ForkWatchTests
{
    [Fact]
    public void Close_should_be_the_last_when_copies_are_served()
    {
        using var poller = new Poller();
        using var pipe = new Travelling(poller);

        pipe.Close();
        // Other tests start programs.
        poller.ServeHangUps();
        Assert.True(pipe.IsClosed);
    }

    [Fact]
    public void Close_should_be_heard_of_as_soon_as_a_copy_is_a_program()
    {
        using var poller = new Poller();
        using var before = new Travelling(poller);
        using var copy = new StuckCopy();
        using var after = new Travelling(poller);
        before.Close();
        after.Close();
        Assert.False(before.IsClosed);

        copy.GoOn();
        // The copy was not the last to have it: that is here.
        Assert.False(before.IsClosed);
        poller.ServeHangUps();
        Assert.True(before.IsClosed);
        Assert.True(after.IsClosed);
    }

    [Fact]
    public void Close_should_be_heard_of_where_nobody_asks()
    {
        using var poller = new Poller();
        using var pipe = new Travelling(poller);
        using var copy = new StuckCopy();
        pipe.Close();
        copy.GoOn();

        while (!pipe.IsServed)
            poller.Serve();
        Assert.True(pipe.IsClosed);
    }

    [Fact]
    public void Copy_that_never_becomes_a_program_should_not_be_waited_for_again()
    {
        using var poller = new Poller();
        using var pipe = new Travelling(poller);
        using var copy = new StuckCopy();
        using var other = new Travelling(poller);
        pipe.Close();

        poller.ServeHangUps();
        Assert.False(pipe.IsClosed);
        other.Close();
        poller.ServeHangUps();
        Assert.True(other.IsClosed);
        copy.GoOn();
        // Let go already: the copy was the last to have it, and so its end was the close.
        Assert.True(pipe.IsClosed);
    }

    [Fact]
    public void Close_should_be_a_close_when_nothing_is_watched_any_more()
    {
        var poller = new Poller();
        using var pipe = new Travelling(poller);
        poller.Dispose();

        pipe.Close();
        Assert.True(pipe.IsClosed);
    }

    /// <summary>A pipe, of which one end is here and the other a client's.</summary>
    private sealed class Travelling : IReadable, IDisposable
    {
        private readonly Poller _poller;
        private readonly int _end;
        private readonly int _clients;
        private readonly ulong _key;

        public Travelling(Poller poller)
        {
            var ends = stackalloc int[2];
            Assert.Equal(0, Sys.Pipe(ends, Sys.CloseOnExec));
            (_poller, _end, _clients) = (poller, ends[0], ends[1]);
            _key = poller.AddForHangUp(_end, this);
        }

        public bool IsClosed => Sys.AwaitHangUp(_end, 0);

        public bool IsServed { get; private set; }

        public void Close() => _poller.Forks.Close(_clients);

        public void OnReadable()
        {
        }

        public void OnHangUp()
        {
            IsServed = true;
            _poller.Remove(_end, _key);
        }

        public void Dispose() => Sys.Close(_end);
    }
}
