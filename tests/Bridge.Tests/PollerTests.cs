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

    private sealed class HungUp : IReadable
    {
        private readonly Poller _poller;
        private readonly int _end;
        private readonly ulong _key;

        public HungUp(Poller poller)
        {
            var ends = stackalloc int[2];
            Assert.Equal(0, Sys.Pipe(ends, Sys.CloseOnExec));
            (_poller, _end) = (poller, ends[0]);
            _key = poller.AddForHangUp(_end, this);
            Sys.Close(ends[1]);
        }

        public int Served { get; private set; }

        public void OnReadable()
        {
        }

        public void OnHangUp()
        {
            Served++;
            _poller.Remove(_end, _key);
            Sys.Close(_end);
        }
    }
}
