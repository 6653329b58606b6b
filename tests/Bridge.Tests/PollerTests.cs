using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Tests;

/// <summary>What the reader thread waits for.</summary>
public sealed unsafe class PollerTests
{
    /// <summary>More than the kernel is asked for at once.</summary>
    [Fact]
    public void Every_hang_up_should_be_served_that_is_there()
    {
        using var poller = new Poller();
        var all = new List<HungUp>();
        for (var i = 0; i < 3000; i++)
            all.Add(new HungUp(poller));

        poller.ServeHangUps();

        Assert.All(all, one => Assert.Equal(1, one.Served));
    }

    /// <summary>What hangs up may be the last to hold others, as a socket whose packets nobody has read.</summary>
    [Fact]
    public void Every_hang_up_should_be_served_that_comes_of_one()
    {
        using var poller = new Poller();
        var all = new List<HungUp> { new(poller, hasHungUp: false) };
        for (var i = 0; i < 10; i++)
            all.Add(new HungUp(poller, hasHungUp: false) { Holds = all[^1] });
        all[^1].Close();

        poller.ServeHangUps();

        Assert.All(all, one => Assert.Equal(1, one.Served));
    }

    private sealed class HungUp : IReadable
    {
        private readonly Poller _poller;
        private readonly int _end;
        private readonly int _other;
        private readonly ulong _key;

        public HungUp(Poller poller, bool hasHungUp = true)
        {
            var ends = stackalloc int[2];
            Assert.Equal(0, Sys.Pipe(ends, Sys.CloseOnExec));
            (_poller, _end, _other) = (poller, ends[0], ends[1]);
            _key = poller.AddForHangUp(_end, this);
            if (hasHungUp)
                Close();
        }

        public HungUp? Holds { get; init; }

        public void Close() => Sys.Close(_other);

        public int Served { get; private set; }

        public void OnReadable()
        {
        }

        public void OnHangUp()
        {
            Served++;
            Holds?.Close();
            _poller.Remove(_end, _key);
            Sys.Close(_end);
        }
    }
}
