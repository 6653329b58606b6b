using System.Collections.Immutable;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class FlipsWaitForTheirFences : Invariant
{
    // What waits behind a commit gives its fences so long, in ns.
    private const long Patience = 10_000_000_000;

    private readonly FenceLooks _looks = new();
    private readonly Dictionary<(int Device, ulong ObjectId), Reservation> _reservations = [];
    private readonly Dictionary<ObservedCall, ImmutableArray<Fence>> _writers = [];

    // Flips that were accepted, and that wait or waited for something.
    private readonly Dictionary<(ulong File, ulong UserData), Flip> _byEvent = [];
    private readonly List<Flip> _byFence = [];

    public override string Protects => "what is shown comes to the screen when what it waits for has come, and not before: its in-fence, or else those who write to the buffer";

    public override void OnBegin(ObservedCall call)
    {
        _looks.OnBegin(call);
        if (call.Call is ModePageFlip flip)
            NoteWriters(call, [flip.Framebuffer]);
        else if (call.Call is ModeAtomic atomic && !atomic.Flags.HasFlag(AtomicFlags.TestOnly))
        {
            var shown = atomic.Objects.Where(o => ValueOf(o, StandardProperties.FbId) is > 0 and <= uint.MaxValue).ToList();
            _looks.Begin(call, shown.Select(InFenceOf).Where(d => !d.IsNone));
            NoteWriters(call, shown.Where(o => InFenceOf(o).IsNone).Select(o => new FramebufferId((uint)ValueOf(o, StandardProperties.FbId)!)));
        }
    }

    public override void OnEnd(ObservedCall call)
    {
        var fences = _looks.End(call);
        if (_writers.Remove(call, out var writers))
            fences = [.. fences, .. writers];
        if (call is { Call: PrimeHandleToFd, Value: PrimeExported exported, Device: { } device }
            && device.View.Descriptors.Find(exported.Descriptor) is DmaBuf buffer && buffer.IsOf(device.View.Gem))
            _reservations[(device.Number, buffer.Exporter.Id)] = buffer.Reservation;
        if (call.Ok && fences.Count > 0)
            Accepted(call, fences);
        if (call is { Ok: true, Value: EventBatch batch })
            foreach (var shown in batch.Events.OfType<FlipCompleteEvent>())
                if (_byEvent.GetValueOrDefault((call.File, shown.UserData)) is { } flip)
                    Check(flip, shown.Time);
        foreach (var flip in _byFence)
            if (flip.Shown is { IsSignaled: true, Error: Errno.None } come)
                Check(flip, come.Time);
        _byFence.RemoveAll(f => f.Shown!.IsSignaled);
    }

    private void Accepted(ObservedCall call, IReadOnlyList<Fence> fences)
    {
        var flip = new Flip(call, fences);
        switch (call.Call)
        {
            case ModePageFlip paged:
                _byEvent[(call.File, paged.UserData)] = flip;
                break;
            case ModeAtomic atomic:
                if (!atomic.Flags.HasFlag(AtomicFlags.NonBlock) && call.EndedAt is { } now)
                    Check(flip, now);
                if (atomic.Flags.HasFlag(AtomicFlags.PageFlipEvent))
                    _byEvent[(call.File, atomic.UserData)] = flip;
                // Nobody else knows the number yet.
                if (call.Value is IMakesDescriptors { Made: [var made, ..] } && SyncFile.Find(call.Device!.View.Descriptors, made.Descriptor, out var shown) == Errno.None)
                    _byFence.Add(flip with { Shown = shown });
                break;
        }
    }

    // The next vblank brings it, and nobody calls until it has been.
    public override string? AtQuiet(QuietPoint now) =>
        _byFence.Find(f => f.Shown is { IsSignaled: false } && f.Fences.All(w => FenceLooks.TimeOf(w) is not null)) is { } late
            ? $"client {late.Call.Client}, call {late.Call.Step}: {late.Call}: all that it waits for has come, and it has not"
            : null;

    // A board that is gone shows nothing, and says so of all its flips.
    private void Check(Flip flip, long shown)
    {
        var call = flip.Call;
        if (call.Device is { View.Gone: true } || call.BeganAt is not { } began || shown - began >= Patience)
            return;
        foreach (var fence in flip.Fences)
            if (FenceLooks.TimeOf(fence) is not { } came || came > shown)
            {
                var late = fence.Parts.FirstOrDefault(p => !p.IsSignaled || p.Time > shown) ?? fence;
                throw Violated(call, $"it was done at {shown} ns, before fence {late.Sequence} of {late.Driver} {late.Timeline}, context {late.Context}");
            }
    }

    private void NoteWriters(ObservedCall call, IEnumerable<FramebufferId> framebuffers)
    {
        if (_reservations.Count == 0 || call is not { Before.State: { } state, Device: { } device })
            return;
        ImmutableArray<Fence> writers = [.. framebuffers.Select(state.Find).SelectMany(f => f?.Buffers ?? [])
            .SelectMany(b => _reservations.TryGetValue((device.Number, b.ObjectId), out var fences) ? fences.Pending(FenceUsage.Write) : [])];
        if (!writers.IsEmpty)
            _writers.Add(call, writers);
    }

    private static Descriptor InFenceOf(AtomicObject shown) =>
        ValueOf(shown, StandardProperties.InFenceFd) is { } number && (long)number is >= 0 and <= int.MaxValue ? new((int)number) : Descriptor.None;

    private static ulong? ValueOf(AtomicObject of, Property property)
    {
        foreach (var set in of.Properties)
            if (set.Property == property.Id)
                return set.Value;
        return null;
    }

    /// <param name="Shown">Its out-fence; null where that is not asked for.</param>
    private sealed record Flip(ObservedCall Call, IReadOnlyList<Fence> Fences, Fence? Shown = null);
}
