namespace DrmActors.Bridge;

/// <summary>What came of serving: a run that never opened a card has tested nothing.</summary>
/// <param name="Loaded">Processes that loaded the client library.</param>
/// <param name="Opened">Opens of a card's node that succeeded.</param>
/// <param name="Calls">Ioctls and mappings that were answered.</param>
public sealed record BridgeUse(long Loaded, long Opened, long Calls);
