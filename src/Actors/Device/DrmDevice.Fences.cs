using System.Collections.Immutable;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// What commits wait for, and what can be waited for of them.
internal sealed partial class DrmDevice
{
    // Of CRTCs and writeback connectors, by their ids.
    private readonly Dictionary<uint, FenceTimeline> _timelines = [];

    /// <summary>
    /// What has to happen before a draft is shown: of each plane its own fence, or else all that writes to what it shows. Null where all has happened.
    /// </summary>
    private Fence? FencesOf(CommitDraft draft, InFences? known = null)
    {
        List<Fence>? fences = null;
        foreach (var plane in draft.Planes)
        {
            if (plane.New.Framebuffer is not { } framebuffer)
                continue;
            if (!plane.InFence.IsNone)
                (fences ??= []).Add(known![plane.InFence]);
            // Whoever brings a fence knows of the writers, but not of what is done to the memory itself.
            var usage = plane.InFence.IsNone ? Reservation.NeededBy(isWrite: false) : FenceUsage.Kernel;
            foreach (var reference in _setup.Driver.Planted == PlantedBug.WritersNotAwaited ? [] : ObjectsOf(framebuffer))
                if (!reference.Reservation.IsIdle(usage))
                    (fences ??= []).AddRange(reference.Reservation.Pending(usage));
        }

        return Merge(fences);
    }

    /// <summary>What has to happen before buffers are shown for the first time.</summary>
    private Fence? WritersOf(ImmutableArray<GemReference> objects)
    {
        List<Fence>? fences = null;
        foreach (var reference in objects)
            (fences ??= []).AddRange(reference.Reservation.Pending(Reservation.NeededBy(isWrite: false)));
        return Merge(fences);
    }

    private Fence? Merge(List<Fence>? fences) =>
        fences is { Count: > 0 } && FenceArray.Merge(fences, _view.Contexts) is { IsSignaled: false } fence ? fence : null;

    private ImmutableArray<GemReference> ObjectsOf(Framebuffer framebuffer) =>
        _framebufferObjects.TryGetValue(framebuffer.Id.Value, out var objects) ? objects : [];

    private List<CrtcCommit> CommitsOf(CommitDraft draft, Func<CrtcChange, FlipRequest?> eventOf)
    {
        var commits = new List<CrtcCommit>(draft.Crtcs.Count);
        foreach (var crtc in draft.Crtcs)
            commits.Add(new CrtcCommit(
                crtc.Crtc, eventOf(crtc), WritebacksOf(draft, crtc), crtc.OutFence == 0 ? null : TimelineOf(crtc.Crtc).Next(),
                CommitDamage.IsKnown(draft, crtc)));
        return commits;
    }

    private ImmutableArray<Writeback> WritebacksOf(CommitDraft draft, CrtcChange crtc)
    {
        ImmutableArray<Writeback> targets = [];
        foreach (var connector in draft.Connectors)
            if (connector.WritebackTarget is { } target && connector.New.Crtc == crtc.Crtc.Id)
                targets = targets.Add(new Writeback(
                    target, connector.WritebackFence == 0 ? null : TimelineOf(connector.Connector).Next(), connector.WritebackFence));
        return targets;
    }

    // Each once, when the commit has been accepted: nobody but its caller closes them.
    private ImmutableArray<MadeDescriptor> SyncFilesOf(CommitDraft draft, List<CrtcCommit> commits)
    {
        ImmutableArray<MadeDescriptor> made = [];
        foreach (var commit in commits)
            if (commit.Shown is { } shown)
                made = made.Add(SyncFileOf(shown, draft.Find(commit.Crtc)!.OutFence));
        foreach (var commit in commits)
            foreach (var (_, written, pointer) in commit.Writebacks)
                if (written is not null)
                    made = made.Add(SyncFileOf(written, pointer));
        return made;
    }

    private MadeDescriptor SyncFileOf(Fence fence, ulong pointer) =>
        new(_view.Descriptors.Add(new SyncFile(fence, _view.Descriptors, _view.Contexts)), CloseOnExec: true, pointer);

    private FenceTimeline TimelineOf(Crtc crtc) => TimelineOf(crtc.Id.Value, $"CRTC:{crtc.Id.Value}-crtc-{crtc.Index}");

    private FenceTimeline TimelineOf(Connector connector) =>
        TimelineOf(connector.Id.Value, $"CONNECTOR:{connector.Id.Value}-{ConnectorNames.Spell(connector.Type, connector.TypeId)}");

    private FenceTimeline TimelineOf(uint id, string name)
    {
        if (!_timelines.TryGetValue(id, out var timeline))
            _timelines.Add(id, timeline = new FenceTimeline(_setup.Driver.Version.Name, name, _view.Contexts.Next()));
        return timeline;
    }
}
