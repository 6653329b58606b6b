using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>What a bind is made to trip over, for tests: a step by its number, or a component by its name, fails instead of being done.</summary>
internal sealed record BindFaults
{
    public static readonly BindFaults None = new();

    public ImmutableDictionary<int, Errno> Steps { get; init; } = ImmutableDictionary<int, Errno>.Empty;

    public ImmutableDictionary<string, Errno> Components { get; init; } = ImmutableDictionary<string, Errno>.Empty;

    public static BindFaults AtStep(int number, Errno errno) => new() { Steps = None.Steps.Add(number, errno) };

    public static BindFaults AtComponent(string name, Errno errno) => new() { Components = None.Components.Add(name, errno) };
}
