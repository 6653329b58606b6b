using System.Reflection;
using System.Text.Json;

namespace DrmActors.Simulation.Exploring;

/// <summary>What is needed to run a violation again, on this runtime and version: the workload, and each choice by the name of what ran.</summary>
/// <param name="Runtime">Embedded or Akka: the two deliver the same messages in orders of their own.</param>
/// <param name="Lanes">The names, each once.</param>
/// <param name="Choices">Indices into <paramref name="Lanes"/>; -1 where the time went on.</param>
/// <param name="TraceHash">Of the run, in hexadecimal.</param>
public sealed record ReplayFile(
    int Format,
    string Runtime,
    string Version,
    int Seed,
    IReadOnlyList<string> Boards,
    long ArenaSize,
    long StepLimit,
    JsonElement Workload,
    IReadOnlyList<string> Lanes,
    IReadOnlyList<int> Choices,
    string TraceHash,
    string Violation)
{
    /// <summary>Of the files that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    private static string CurrentRuntime { get; } = typeof(ReplayFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ActorRuntime").Value!;

    private static string CurrentVersion { get; } = typeof(ReplayFile).Assembly.GetName().Version!.ToString();

    /// <param name="workload">As the workload's own reader takes it.</param>
    public static ReplayFile Of(ExploreOptions options, Violation violation, JsonElement workload)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(violation);
        var lanes = violation.Choices.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var places = lanes.Select((lane, i) => (lane, i)).ToDictionary(l => l.lane, l => l.i, StringComparer.Ordinal);
        return new ReplayFile(
            CurrentFormat, CurrentRuntime, CurrentVersion, violation.Seed, [.. options.Boards], options.ArenaSize, options.StepLimit, workload, lanes,
            [.. violation.Choices.Select(c => c is null ? -1 : places[c])], $"{violation.Outcome.TraceHash:x16}", violation.Message);
    }

    /// <exception cref="ReplayException">No such file, not one of these, a truncated one, or one of another format, runtime or version.</exception>
    public static ReplayFile Read(string path)
    {
        ReplayFile? file;
        try
        {
            file = JsonSerializer.Deserialize<ReplayFile>(File.ReadAllText(path), Json);
        }
        catch (JsonException e)
        {
            throw new ReplayException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): not a replay file, or a truncated one: {e.Message}");
        }
        catch (IOException e)
        {
            throw new ReplayException(e.Message);
        }

        Check(path, "format", file?.Format, CurrentFormat);
        Check(path, "runtime", file!.Runtime, CurrentRuntime);
        Check(path, "version", file.Version, CurrentVersion);
        if (file.Lanes is null || file.Choices is null || file.Boards is null || file.Choices.Any(c => c < -1 || c >= file.Lanes.Count))
            throw new ReplayException($"{path}: choices: found one that names no lane; allowed: -1 to {(file.Lanes?.Count ?? 0) - 1}");
        return file;
    }

    /// <summary>The options that the run had.</summary>
    public ExploreOptions Options()
    {
        var options = new ExploreOptions { ArenaSize = ArenaSize, StepLimit = StepLimit, From = Seed, Seeds = 1 };
        foreach (var board in Boards)
            options.Boards.Add(board);
        return options;
    }

    /// <summary>The choices by name.</summary>
    public IReadOnlyList<string?> Names() => [.. Choices.Select(c => c < 0 ? null : Lanes[c])];

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private static void Check<T>(string path, string key, T found, T allowed)
    {
        if (!Equals(found, allowed))
            throw new ReplayException($"{path}: {key}: found '{found}'; allowed: '{allowed}'");
    }
}
