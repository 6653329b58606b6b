using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>A fault that is drawn.</summary>
/// <param name="Name">Its key in the file.</param>
internal sealed record WeightedFault(string Name, int Weight, Func<Seed, WorkloadCall> Draw);

/// <summary>What goes wrong beside the calls of a mix, and how often.</summary>
/// <param name="Rate">Of 1,000 calls so many are faults instead.</param>
/// <param name="Always">Set up at the start, and for good.</param>
internal sealed record FaultMix(int Rate, ImmutableArray<WeightedFault> Weights, ImmutableArray<FailIoctlCall> Always)
{
    private const uint MostWeight = 1_000_000;
    private const uint MostNth = 1_000_000;
    private const uint DefaultRate = 20;
    private const int OutOf = 1000;

    private static readonly IReadOnlyDictionary<string, Errno> Errnos =
        Enum.GetValues<Errno>().Where(e => e != Errno.None).ToDictionary(e => e.ToString(), StringComparer.Ordinal);

    private static readonly string[] IoctlNames = [.. IoctlTable.Rows.Select(r => r.Name["DRM_IOCTL_".Length..])];

    private int Total { get; } = Weights.Sum(w => w.Weight);

    /// <summary>Those that may happen, by their keys.</summary>
    public IEnumerable<string> Planned =>
        Weights.Where(w => w.Weight > 0).Select(w => w.Name).Concat(Always.Select(a => $"ioctls.{a.Ioctl}"));

    /// <inheritdoc cref="WorkloadMix.Load"/>
    public static FaultMix Load(string nameOrFile) => WorkloadMix.LoadFile(nameOrFile, Parse);

    /// <inheritdoc cref="WorkloadMix.Parse"/>
    public static FaultMix Parse(string text, string fileName)
    {
        try
        {
            return Read(new HoconDocument(text, fileName).Root.Only("rate", "weights", "crashes", "ioctls"));
        }
        catch (BoardException e)
        {
            throw new WorkloadMixException(e);
        }
    }

    /// <summary>A fault in place of a call; null for none this time.</summary>
    public WorkloadCall? Draw(Seed seed) => Total > 0 && seed.Below(OutOf) < Rate ? Pick(seed) : null;

    /// <summary>One of those with a weight; null where none has.</summary>
    public WorkloadCall? Pick(Seed seed)
    {
        if (Total == 0)
            return null;
        var number = seed.Below(Total);
        foreach (var fault in Weights)
        {
            if (number < fault.Weight)
                return fault.Draw(seed);
            number -= fault.Weight;
        }

        return null;
    }

    private static FaultMix Read(BoardSection root)
    {
        var weights = ImmutableArray.CreateBuilder<WeightedFault>();
        var always = ImmutableArray.CreateBuilder<FailIoctlCall>();
        foreach (var (section, words) in Sections(root))
            foreach (var (name, draw) in words.Where(w => section.Has(w.Key)))
                weights.Add(new WeightedFault(draw.Name, (int)section.Whole(name, 0, MostWeight), draw.Draw));
        if (root.Has("ioctls"))
            ReadIoctls(root.Section("ioctls").Only(IoctlNames), weights, always);
        var made = new FaultMix(root.Has("rate") ? (int)root.Whole("rate", 1, OutOf) : (int)DefaultRate, weights.ToImmutable(), always.ToImmutable());
        return made.Planned.Any()
            ? made
            : throw root.Broken(root.Has("weights") ? "weights" : "", "no weight above 0", "at least one fault with a weight, or with a probability");
    }

    private static IEnumerable<(BoardSection Section, Dictionary<string, (string Name, Func<Seed, WorkloadCall> Draw)> Words)> Sections(BoardSection root)
    {
        var kinds = CallKinds.Faults.Where(k => k.Type != typeof(CrashCall) && k.Type != typeof(FailIoctlCall));
        if (root.Has("weights"))
            yield return Of("weights", kinds.ToDictionary(k => k.Name, k => (k.Name, k.Draw)));
        if (root.Has("crashes"))
            yield return Of("crashes", CrashCall.Words.ToDictionary(w => w.Key, w => (FaultCounts.NameOf(w.Value), Crash(w.Value))));

        (BoardSection, Dictionary<string, (string, Func<Seed, WorkloadCall>)>) Of(string key, Dictionary<string, (string, Func<Seed, WorkloadCall>)> words) =>
            (root.Section(key).Only([.. words.Keys]), words);

        static Func<Seed, WorkloadCall> Crash(ActorKind kind) => seed => new CrashCall(kind, Slots.Draw(seed));
    }

    private static void ReadIoctls(BoardSection ioctls, ImmutableArray<WeightedFault>.Builder weights, ImmutableArray<FailIoctlCall>.Builder always)
    {
        foreach (var name in IoctlNames.Where(ioctls.Has))
        {
            var ioctl = ioctls.Section(name).Only("errno", "weight", "nth", "probability");
            var errno = ioctl.OneOf("errno", Errnos);
            if (ioctl.Has("weight") == ioctl.Has("probability"))
                throw ioctls.Broken(name, ioctl.Has("weight") ? "weight and probability" : "neither weight nor probability", "one of them");
            var nth = ioctl.Has("nth") ? (int)ioctl.Whole("nth", 1, MostNth) : 1;
            if (ioctl.Has("weight"))
                weights.Add(new WeightedFault($"ioctls.{name}", (int)ioctl.Whole("weight", 0, MostWeight), _ => new FailIoctlCall(name, errno, nth, 1, 1, 0)));
            else if (ioctl.Part("probability") is var probability and > 0)
                always.Add(new FailIoctlCall(name, errno, nth, 0, probability, always.Count));
        }
    }
}
