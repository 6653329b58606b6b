using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Tests;

/// <summary>Who waits for closes, and for which.</summary>
public sealed class CloseBarrierTests
{
    private readonly CloseBarrier _barrier = new();
    private readonly List<string> _done = [];

    [Fact]
    public void It_should_wait_for_what_began_before()
    {
        var first = _barrier.Begin();
        Run("waits");
        var second = _barrier.Begin();

        _barrier.End(second);
        Assert.Empty(_done);
        _barrier.End(first);
        Assert.Equal(["waits"], _done);
    }

    [Fact]
    public void It_should_not_wait_for_what_began_later()
    {
        var first = _barrier.Begin();
        Run("waits");
        var second = _barrier.Begin();

        _barrier.End(first);
        Assert.Equal(["waits"], _done);
        Run("waits longer");
        Assert.Equal(["waits"], _done);
        _barrier.End(second);
        Assert.Equal(["waits", "waits longer"], _done);
    }

    [Fact]
    public void It_should_wait_for_what_a_close_leaves_to_close()
    {
        (ulong, ulong) left = default;
        var first = _barrier.Begin();
        Run("waits");

        _barrier.End(first, () => left = _barrier.Begin());
        Assert.Empty(_done);
        _barrier.End(left);
        Assert.Equal(["waits"], _done);
    }

    // Else it would wait for itself.
    [Fact]
    public void It_should_not_wait_for_what_waits_behind_it()
    {
        (ulong, ulong) left = default;
        var first = _barrier.Begin();
        Run("opens");

        _barrier.End(first, () => left = _barrier.Begin(waits: true));
        Assert.Equal(["opens"], _done);
        _barrier.End(left);
    }

    private void Run(string what) => _barrier.Run(() => _done.Add(what));
}
