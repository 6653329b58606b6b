using System.Text.Json;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>What a client of its own process has seen since it last said so: a line of JSON on its output.</summary>
/// <param name="Errors">How many calls got which answer, by the name of the errno.</param>
/// <param name="Times">How many calls are in which bucket of <see cref="LatencyHistogram"/>.</param>
/// <param name="Max">In ns.</param>
internal sealed record StressDelta(IReadOnlyDictionary<string, long> Errors, IReadOnlyDictionary<int, long> Times, long Max)
{
    public long Calls => Errors.Values.Sum();

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Null for no such line.</summary>
    public static StressDelta? FromJson(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<StressDelta>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
