namespace DrmActors.Cli;

/// <summary>An argument that cannot be used: which, what was found, what is allowed.</summary>
internal sealed class UsageException(string argument, string found, string allowed) : Exception($"{argument}: found {found}; allowed: {allowed}");
