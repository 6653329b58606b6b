namespace DrmActors.Cli.Serving;

/// <summary>What is served, to whom, and what is told of it.</summary>
/// <param name="Boards">None for the configuration's.</param>
/// <param name="Edid">A file with the EDID of the first board's monitor; null for the board's own.</param>
/// <param name="UserId">The user that clients are taken for; null for who they are.</param>
/// <param name="TraceJson">A file; null for none.</param>
/// <param name="Scenario">A file of what happens to the boards; null for nothing.</param>
internal sealed record ServingOptions(IReadOnlyList<string> Boards, string? Edid, int? UserId, bool Trace, string? TraceJson, string? Scenario);
