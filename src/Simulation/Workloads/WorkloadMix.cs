using System.Collections.Immutable;
using DrmActors.Hardware.Boards;

namespace DrmActors.Simulation.Workloads;

/// <summary>How often each kind of call is made, in proportion to the others.</summary>
internal sealed record WorkloadMix(ImmutableArray<(CallKind Kind, int Weight)> Weights)
{
    private const uint MostWeight = 1_000_000;

    /// <summary>Of config/workloads/standard.conf.</summary>
    public static WorkloadMix Standard => Load("standard");

    public int Total => Weights.Sum(w => w.Weight);

    /// <param name="nameOrFile">A name, looked up as config/workloads/NAME.conf, or a file: what has a folder or ends in ".conf".</param>
    /// <exception cref="WorkloadMixException">No such mix or file, or a broken one.</exception>
    public static WorkloadMix Load(string nameOrFile) => LoadFile(nameOrFile, Parse);

    /// <summary>Reads a file beside the mixes.</summary>
    /// <param name="parse">Gets the text and the name of the file.</param>
    /// <inheritdoc cref="Load"/>
    internal static T LoadFile<T>(string nameOrFile, Func<string, string, T> parse)
    {
        var isFile = nameOrFile.EndsWith(".conf", StringComparison.Ordinal) || nameOrFile.Contains(Path.DirectorySeparatorChar);
        var file = isFile ? nameOrFile : ConfigFiles.Find($"workloads/{nameOrFile}.conf");
        try
        {
            return file is not null
                ? parse(File.ReadAllText(file), file)
                : throw new BoardException(nameOrFile, 0, "", "no mix of that name", "standard, or a file");
        }
        catch (BoardException e)
        {
            throw new WorkloadMixException(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkloadMixException(new BoardException(nameOrFile, 0, "", e.Message, "a readable file", e));
        }
    }

    /// <param name="fileName">Named in errors.</param>
    /// <exception cref="WorkloadMixException">A broken mix.</exception>
    public static WorkloadMix Parse(string text, string fileName)
    {
        try
        {
            return Read(new HoconDocument(text, fileName).Root.Only("weights"));
        }
        catch (BoardException e)
        {
            throw new WorkloadMixException(e);
        }
    }

    /// <summary>The kind of a number from 0 to below <see cref="Total"/>.</summary>
    public CallKind At(int number)
    {
        foreach (var (kind, weight) in Weights)
        {
            if (number < weight)
                return kind;
            number -= weight;
        }

        throw new ArgumentOutOfRangeException(nameof(number), number, $"{Total} or more");
    }

    private static WorkloadMix Read(BoardSection root)
    {
        var weights = root.Section("weights");
        weights.Only([.. CallKinds.All.Select(k => k.Name)]);
        // In the order of the kinds, so that a mix means the same however its lines stand.
        ImmutableArray<(CallKind, int)> all =
            [.. CallKinds.All.Where(k => weights.Has(k.Name)).Select(k => (k, (int)weights.Whole(k.Name, 0, MostWeight)))];
        return all.Any(w => w.Item2 > 0)
            ? new WorkloadMix(all)
            : throw root.Broken("weights", "no weight above 0", "at least one kind of call with a weight");
    }
}
