namespace DrmActors.Simulation.Invariants;

internal static class StandardInvariants
{
    /// <summary>All of them, for one run.</summary>
    public static IReadOnlyList<Invariant> Make() =>
    [
        new EveryCallIsAnswered(),
        new FailedCallChangesNothing(),
        new FreedMemoryIsUnreadable(),
        new HandlesStayWithTheirObjects(),
        new HandleTableIsLinearizable(),
        new OneEventARequest(),
        new OneMaster(),
        new VblanksNeverGoBack(),
        new ReferencesEqualHolders(),
        new NothingIsLeft(),
    ];
}
