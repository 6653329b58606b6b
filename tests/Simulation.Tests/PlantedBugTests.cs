using DrmActors.Actors;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;
using Xunit.Abstractions;

namespace DrmActors.Simulation.Tests;

/// <summary>The detectors are proven: each mistake that is planted is found, and shrunk to the few calls that it takes.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int MostSeeds = 1000;
    private const int MostCalls = 14;

    [Theory]
    [InlineData(nameof(PlantedBug.ReferenceDroppedTwice), nameof(ReferencesEqualHolders))]
    [InlineData(nameof(PlantedBug.EventBeforeLatch), nameof(EventsComeAfterTheirVblank), nameof(FlipsMayFollowTheirEvents))]
    [InlineData(nameof(PlantedBug.WaiterLostAtSwitchOff), nameof(EveryCallIsAnswered))]
    [InlineData(nameof(PlantedBug.WaiterLostAtClose), nameof(EveryCallIsAnswered))]
    [InlineData(nameof(PlantedBug.StaleCommit), nameof(NobodyCrashes), nameof(ReferencesEqualHolders), nameof(FailedCallChangesNothing))]
    [InlineData(nameof(PlantedBug.MappingRightStays), nameof(HandlesStayWithTheirObjects))]
    [InlineData(nameof(PlantedBug.MasterRightStays), nameof(OneMaster))]
    [InlineData(nameof(PlantedBug.EventBeforeCrtcIsFree), nameof(FlipsMayFollowTheirEvents))]
    [InlineData(nameof(PlantedBug.ReferenceKeptByFailedAddFb), nameof(ReferencesEqualHolders))]
    [InlineData(nameof(PlantedBug.HandleFreedTwice), nameof(HandleTableIsLinearizable))]
    [InlineData(nameof(PlantedBug.CountRestarts), nameof(VblanksNeverGoBack))]
    [InlineData(nameof(PlantedBug.FailedFlipPublished), nameof(FailedCallChangesNothing))]
    [InlineData(nameof(PlantedBug.EventToldTwice), nameof(OneEventARequest))]
    [InlineData(nameof(PlantedBug.SharerForgotten), nameof(ReferencesEqualHolders))]
    [InlineData(nameof(PlantedBug.MemoryLeftByLastMapping), nameof(NothingIsLeft))]
    [InlineData(nameof(PlantedBug.MemoryNotCleared), nameof(FreedMemoryIsUnreadable), nameof(SharedMemoryStays))]
    [InlineData(nameof(PlantedBug.OffsetNotKept), nameof(HandlesStayWithTheirObjects))]
    [InlineData(nameof(PlantedBug.DescriptorOfRefusedCommit), nameof(NothingIsLeft))]
    [InlineData(nameof(PlantedBug.ImportMissedAtClose), nameof(ReferencesEqualHolders), nameof(HandlesStayWithTheirObjects), nameof(EveryCallIsAnswered), nameof(SharedMemoryStays), nameof(BuffersKeepTheirIdentity))]
    [InlineData(nameof(PlantedBug.NameGoneWithFirstHandle), nameof(NamesLastAsLongAsHandles))]
    [InlineData(nameof(PlantedBug.TimelineGoesBack), nameof(SyncobjsAreLinearizable))]
    [InlineData(nameof(PlantedBug.WritersNotAwaited), nameof(FlipsWaitForTheirFences))]
    [InlineData(nameof(PlantedBug.FenceMissedByCommit), nameof(EveryCallIsAnswered), nameof(FlipsWaitForTheirFences))]
    [InlineData(nameof(PlantedBug.OutFenceBeforeLatch), nameof(FlipsWaitForTheirFences))]
    public void A_planted_bug_should_be_found_and_shrunk(string bug, params string[] invariants)
    {
        var planted = Enum.Parse<PlantedBug>(bug);
        var options = new ExploreOptions { Seeds = MostSeeds, Planted = planted, Strategy = StrategyFor(planted) };
        planted.Boards().ToList().ForEach(options.Boards.Add);
        var workloads = new WorkloadOptions { Mix = planted.Mix() };

        var violation = Assert.IsType<Violation>(WorkloadExplorer.Run(options, workloads).Violation);
        var small = WorkloadExplorer.Shrink(options, workloads, violation);

        var workload = Workload.FromJson(small.Workload.GetRawText());
        output.WriteLine($"{planted}: seed {violation.Seed}, {violation.Kind}: {violation.Message}\n{workload.CallCount} calls: {workload.ToJson()}\n{small.Violation}");
        Assert.Contains(violation.Kind, invariants);
        Assert.InRange(workload.CallCount, 1, MostCalls);
        var again = WorkloadExplorer.Replay(small, planted);
        Assert.Equal(small.TraceHash, $"{again.TraceHash:x16}");
        Assert.Equal(violation.Kind, Assert.IsType<InvariantException>(again.Failure).Invariant);
        // It is the bug that does it.
        options.Planted = PlantedBug.None;
        var sound = DrmExplorer.RunOne(options, small.Seed, world => StandardWorkload.RunAsync(world, workload));
        Assert.True(sound.Outcome.End == WorldEnd.Passed, sound.Message);
    }

    // Where random orders take long.
    private static Strategy StrategyFor(PlantedBug planted) => planted == PlantedBug.WritersNotAwaited ? Strategy.Pct : Strategy.Random;

    [Fact]
    public void Every_bug_should_be_tried() => Assert.Equal(
        Enum.GetNames<PlantedBug>().Where(b => b != nameof(PlantedBug.None)),
        typeof(PlantedBugTests).GetMethod(nameof(A_planted_bug_should_be_found_and_shrunk))!
            .GetCustomAttributes(inherit: false).OfType<InlineDataAttribute>().Select(d => (string)d.GetData(null!).Single()[0]));

    [Fact]
    public void Every_bug_should_stand_in_the_documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DrmActors.sln")))
            folder = folder.Parent!;
        var rows = File.ReadLines(Path.Combine(folder.FullName, "docs", "finding-races.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.Equal(Enum.GetNames<PlantedBug>().Where(b => b != nameof(PlantedBug.None)), rows.Where(name => char.IsUpper(name[0])));
    }
}
