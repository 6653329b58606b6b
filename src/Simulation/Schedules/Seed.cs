#pragma warning disable RS0030 // All randomness of a world comes from here, and its seed is told.
namespace DrmActors.Simulation.Schedules;

/// <summary>The one source of chance: the same number gives the same choices.</summary>
internal sealed class Seed(int number)
{
    private readonly Random _random = new(number);

    /// <summary>0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>True once in so many.</summary>
    public bool OneIn(int count) => _random.Next(count) == 0;

    /// <summary>A seed for something that draws by itself, so that its draws do not shift others'.</summary>
    public Seed Fork() => new(_random.Next());
}
