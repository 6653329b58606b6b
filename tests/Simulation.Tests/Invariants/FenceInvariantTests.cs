using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Fences that come in the wrong order, or not at all, are found.</summary>
public sealed class FenceInvariantTests
{
    private static readonly QuietPoint Now = new([], default);

    private readonly DescriptorTable _descriptors = new();
    private readonly FenceContexts _contexts = new();
    private readonly FencesComeInTheirOrder _invariant = new();
    private readonly Fence[] _fences;

    public FenceInvariantTests()
    {
        var timeline = new FenceTimeline("vkms", "CRTC:34-crtc-0", _contexts.Next());
        _fences = [timeline.Next(), timeline.Next(), timeline.Next()];
        // Who looks does not hear of them in their order.
        foreach (var fence in _fences.Reverse())
            _invariant.Note(_descriptors, _descriptors.Add(new SyncFile(fence, _descriptors, _contexts)));
    }

    [Fact]
    public void Fences_should_come_in_the_order_of_their_numbers()
    {
        _fences[0].Signal(time: 5);
        Assert.Null(_invariant.AtQuiet(Now));
        _fences[2].Signal(time: 6);
        Assert.Contains("fence 3 of vkms CRTC:34-crtc-0, context 1 came before fence 2", _invariant.AtQuiet(Now), StringComparison.Ordinal);
        _fences[1].Signal(time: 6);
        Assert.Null(_invariant.AtEnd(Now, Now));
    }

    [Fact]
    public void Their_times_should_not_go_back()
    {
        _fences[0].Signal(time: 5);
        _fences[1].Signal(time: 4);
        Assert.Contains("fence 2", _invariant.AtQuiet(Now), StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_them_should_come()
    {
        Assert.Null(_invariant.AtQuiet(Now));
        _fences[0].Signal(time: 5);
        _fences[1].Signal(time: 5);
        Assert.Contains("fence 3", _invariant.AtEnd(Now, Now), StringComparison.Ordinal);
        _fences[2].Signal(time: 5);
        Assert.Null(_invariant.AtEnd(Now, Now));
    }
}
