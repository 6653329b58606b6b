using System.Text.Json;
using System.Text.Json.Serialization;
using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

/// <summary>
/// Something that is done to a host from outside, by a person or a script: what <c>drm ctl</c> sends and a scenario lists. As JSON between processes.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(ListConnectors), "connectors")]
[JsonDerivedType(typeof(PlugConnector), "plug")]
[JsonDerivedType(typeof(UnplugConnector), "unplug")]
[JsonDerivedType(typeof(AddConnector), "add-connector")]
[JsonDerivedType(typeof(RemoveConnector), "remove-connector")]
[JsonDerivedType(typeof(FailLink), "link")]
[JsonDerivedType(typeof(FailCalls), "fail")]
[JsonDerivedType(typeof(ClearFaults), "clear")]
[JsonDerivedType(typeof(FailCommit), "fail-commit")]
[JsonDerivedType(typeof(HoldFlip), "hold-flip")]
[JsonDerivedType(typeof(LateVblank), "late-vblank")]
[JsonDerivedType(typeof(UnplugAtFlip), "unplug-at-flip")]
[JsonDerivedType(typeof(CaptureScreen), "capture")]
[JsonDerivedType(typeof(PullBoard), "pull-board")]
[JsonDerivedType(typeof(PutBoard), "put-board")]
public abstract record ControlCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Does it.</summary>
    /// <returns>What is to be said about it; empty for nothing.</returns>
    /// <exception cref="ControlException">Something that it names is not there.</exception>
    /// <exception cref="DrmException">The card refused it.</exception>
    public abstract Task<string> RunAsync(DrmHost host);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="ControlException">No command.</exception>
    public static ControlCommand Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ControlCommand>(json, Json) ?? throw new ControlException("command: found null; allowed: an object");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new ControlException($"command: {e.Message}");
        }
    }
}

/// <summary>A command that cannot be carried out: what it names, what was found, what is allowed.</summary>
public sealed class ControlException(string message) : Exception(message);

/// <summary>A command about one connector.</summary>
/// <param name="Connector">Its name, as HDMI-A-1.</param>
public abstract record ConnectorCommand(string Connector) : ControlCommand
{
    /// <summary>N of cardN.</summary>
    public int Card { get; init; }

    /// <exception cref="ControlException">The card has no such connector.</exception>
    protected async Task<ConnectorId> FindAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return await host.FindConnectorAsync(Card, Connector)
            ?? throw new ControlException($"connector: found {Connector}; allowed: {string.Join(", ", await host.ConnectorNamesAsync(Card))}");
    }
}
