using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>
/// What each client does, one call after the other: data, so that it can be shrunk, kept in a file, and run on threads as well as in a world. A call
/// names what it works on by a slot, taken modulo what its client holds then, so that a workload without some of its calls still means something.
/// </summary>
/// <param name="NeverPauses">Else all clients wait for each other now and then, and what they hold is looked at; at their ends in any case.</param>
internal sealed record Workload(
    ImmutableArray<ImmutableArray<WorkloadCall>> Clients,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NeverPauses = false)
{
    /// <summary>Of all clients together.</summary>
    [JsonIgnore]
    public int CallCount => Clients.Sum(c => c.Length);

    public string ToJson() => JsonSerializer.Serialize(this, WorkloadJson.Options);

    /// <exception cref="JsonException">Not a workload: names what cannot be read, and where.</exception>
    public static Workload FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Workload>(json, WorkloadJson.Options) is { } workload && IsWhole(workload)
                ? workload
                : throw new JsonException("a workload without its clients, or a client without its calls");
        }
        catch (NotSupportedException e)
        {
            // A call that does not say which.
            throw new JsonException(e.Message, e);
        }
    }

    private static bool IsWhole(Workload workload) => !workload.Clients.IsDefault && workload.Clients.All(IsWhole);

    private static bool IsWhole(ImmutableArray<WorkloadCall> calls) =>
        !calls.IsDefault && calls.All(c => c is not null && (c is not TogetherCall together || IsWhole(together.Calls)) && c is not KillCall { Beside: null });
}
