using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>A step of a board's bring-up that has ended.</summary>
/// <param name="Number">1 to 12.</param>
/// <param name="Errno">None where it went well.</param>
public sealed record BindStep(string Board, int Number, string Name, Errno Errno);

/// <summary>A board that is up.</summary>
/// <param name="Minor">N of its cardN.</param>
/// <param name="RenderMinor">N of renderDN; null for a board without one.</param>
public sealed record DrmBoard(string Name, int Minor, int? RenderMinor = null);

/// <summary>A board that did not come up: the step that failed, and with what. Everything done before has been undone.</summary>
public sealed class DrmBootException(string board, string step, Errno errno)
    : Exception($"{board} did not come up: {step} failed with {errno}")
{
    public string Board { get; } = board;

    public string Step { get; } = step;

    public Errno Errno { get; } = errno;
}
