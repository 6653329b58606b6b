using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class FailedCallChangesNothing : Invariant
{
    private readonly HashSet<ulong> _open = [];

    public override string Protects => "a call that fails leaves the device as it was, and so does a test";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is KillFile or CloseFile)
            _open.Remove(call.File);
        // Who closed or was killed may still be on the way out, and changes things on its own.
        if (call.Device is { IsDisturbed: true } || call.Before?.Files != _open.Count(f => FileNumber.DeviceOf(f) == FileNumber.DeviceOf(call.File)))
            call.IsAlone = false;
    }

    public override void OnEnd(ObservedCall call)
    {
        if (call is { Ok: true, Call: OpenCard })
            _open.Add(call.File);
        if (call is { Ok: true, Value: HeldLease lease })
            _open.Add(lease.File);
        // A close that comes too late is one of a file whose end is under way, and changes things on its own.
        if (call is not { IsAlone: true, Device: not { IsDisturbed: true }, Call: not CloseFile, Before: { } before, After: { } after })
            return;
        if (call.Ok && !IsTest(call.Call))
            return;
        if (before.Master != after.Master)
            throw Violated(call, $"the master was file {before.Master} and is file {after.Master}");
        // The console comes by itself, when the card has been announced already: with its picture, its mode and its ids.
        if (ConsolesOf(before.State).SequenceEqual(ConsolesOf(after.State)) && Difference(before.State, after.State) is { } what)
            throw Violated(call, $"changed {what}");
    }

    private static IEnumerable<FramebufferId> ConsolesOf(KmsState state) => state.Framebuffers.Values.Where(f => f.IsConsole).Select(f => f.Id);

    private static bool IsTest(IIoctl call) => call is ModeAtomic atomic && atomic.Flags.HasFlag(AtomicFlags.TestOnly);

    private static string? Difference(KmsState before, KmsState after) =>
        ReferenceEquals(before, after) ? null
        : !before.Crtcs.SequenceEqual(after.Crtcs) ? "a CRTC"
        : !before.Planes.SequenceEqual(after.Planes) ? "a plane"
        : !before.Connectors.SequenceEqual(after.Connectors) ? "a connector"
        : !OwnedOf(before).SequenceEqual(OwnedOf(after)) ? "the framebuffers"
        : !before.Blobs.Keys.SequenceEqual(after.Blobs.Keys) ? "the blobs"
        : before.Config.NextId != after.Config.NextId ? "the next id"
        : null;

    // What is nobody's goes by itself, when no CRTC shows it any more.
    private static IEnumerable<uint> OwnedOf(KmsState state) => state.Framebuffers.Values.Where(f => !f.IsLoose).Select(f => f.Id.Value);
}
