namespace DrmActors.Messages;

/// <summary>An ioctl that is made to fail although nothing is wrong with it: from the <see cref="Nth"/> call on, so many <see cref="Times"/>.</summary>
/// <param name="Row">Which; <see cref="IoctlTable.RowNamed"/> finds one.</param>
/// <param name="Errno">What it fails with.</param>
public sealed record IoctlFault(IoctlRow Row, Errno Errno)
{
    /// <summary>1 for the next call that would be carried out; what is refused anyway does not count.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>Calls that fail; 0 for no end.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Of each call from the nth on, 0 to 1, drawn from <see cref="Seed"/>.</summary>
    public double Probability { get; init; } = 1;

    public int Seed { get; init; }

    /// <summary>N of cardN; null for every card.</summary>
    public int? Minor { get; init; }
}
