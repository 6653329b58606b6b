namespace DrmActors.Simulation.Invariants;

internal static class StandardInvariants
{
    /// <summary>All of them, for one run in a world.</summary>
    public static IReadOnlyList<Invariant> Make() => [new FailedCallChangesNothing(), new NobodyCrashes(), new WaitsEndWithTheirFences(), .. ForThreads()];

    /// <summary>Those that can be watched on threads, where nobody can tell what else changed something during a call, and where actors are crashed on purpose.</summary>
    public static IReadOnlyList<Invariant> ForThreads() =>
    [
        new EveryCallIsAnswered(),
        new FreedMemoryIsUnreadable(),
        new SharedMemoryStays(),
        new BuffersKeepTheirIdentity(),
        new ImportersShareWhatTheyImport(),
        new HandlesStayWithTheirObjects(),
        new NamesLastAsLongAsHandles(),
        new HandleTableIsLinearizable(),
        new SyncobjsAreLinearizable(),
        new NoWaitIsLeft(),
        new OneEventARequest(),
        new EventsComeAfterTheirVblank(),
        new FlipsMayFollowTheirEvents(),
        new OneMaster(),
        new LesseesHaveTheirOwn(),
        new VblanksNeverGoBack(),
        new FencesComeInTheirOrder(),
        new FlipsWaitForTheirFences(),
        new ReferencesEqualHolders(),
        new NothingIsLeft(),
    ];
}
