namespace DrmActors.Messages.Tests.Abi;

/// <summary>One thing that we say about the ABI and that the C compiler knows: an expression and our value of it.</summary>
/// <param name="Macro">The macro to test for where the headers may be older than the fact; null where they must have it.</param>
internal sealed record AbiFact(string Expression, long Value, string? Macro = null);
