using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>What the clients of a run tell each other beside the card: the way to try what is another's. The latest of each kind; thread-safe.</summary>
internal sealed class RunBoard
{
    private const int Most = 16;
    private volatile CardFacts? _facts;

    public Slots<HeldNumber> Names { get; } = new(Most);

    public Slots<HeldNumber> Magics { get; } = new(Most);

    public Slots<HeldNumber> Blobs { get; } = new(Most);

    public Slots<HeldFramebuffer> Framebuffers { get; } = new(Most);

    /// <summary>Null until somebody has asked.</summary>
    public CardFacts? Facts
    {
        get => _facts;
        set => _facts = value;
    }
}
