using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Running;

/// <param name="Program">The program's name, and its arguments.</param>
/// <param name="Out">Where the last picture goes; null for nowhere.</param>
internal sealed record RunOptions(ServingOptions Serving, IReadOnlyList<string> Program, string? Out, bool AllowUnused);
