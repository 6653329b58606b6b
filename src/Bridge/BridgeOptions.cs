namespace DrmActors.Bridge;

/// <summary>How cards are served to other processes.</summary>
public sealed class BridgeOptions
{
    /// <summary>The socket that clients connect to; the folder that it lies in is its user's alone (mode 0700).</summary>
    public required string Socket { get; init; }

    /// <summary>A folder for what clients see of the file system; made, and removed at the end.</summary>
    public required string Root { get; init; }

    /// <summary>The user that clients are taken for; null for who they are. 0 is root.</summary>
    public int? UserId { get; init; }

    /// <summary>Told of every call after it was answered, on any thread and several at once. It must not wait.</summary>
    public Action<TracedCall>? OnCall { get; init; }
}
