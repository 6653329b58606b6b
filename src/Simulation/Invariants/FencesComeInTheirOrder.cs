using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class FencesComeInTheirOrder : Invariant
{
    // Of each context those that have not come, by their numbers, behind the last one that has.
    private readonly SortedDictionary<ulong, SortedDictionary<ulong, Fence>> _contexts = [];

    public override string Protects => "the fences of a context come in the order of their numbers, all of them come, and nobody waits for one that has";

    public override void OnEnd(ObservedCall call)
    {
        if (call is { Ok: true, Value: IMakesDescriptors made, Device: { } device })
            foreach (var (descriptor, _, _) in made.Made)
                Note(device.View.Descriptors, descriptor);
        if (OutOfOrder() is { } fault)
            throw Violated(call, fault);
    }

    public override string? AtQuiet(QuietPoint now) => OutOfOrder();

    public override string? AtEnd(QuietPoint start, QuietPoint now) =>
        OutOfOrder() ?? (_contexts.Values.SelectMany(c => c.Values).FirstOrDefault(f => !f.IsSignaled) is { } never ? $"{NameOf(never)} never came" : null);

    /// <summary>Those of a sync file. By the time somebody looks it may have been closed.</summary>
    internal void Note(DescriptorTable descriptors, Descriptor descriptor)
    {
        if (SyncFile.Find(descriptors, descriptor, out var found) != Errno.None)
            return;
        foreach (var fence in found!.Parts)
        {
            // What had happened before anybody asked has no order: a point that a timeline has passed has the time at which it was asked for.
            if (fence.Context == 0 || fence is SwFence { IsSignaled: true })
                continue;
            if (!_contexts.TryGetValue(fence.Context, out var fences))
                _contexts.Add(fence.Context, fences = []);
            fences[fence.Sequence] = fence;
        }
    }

    private string? OutOfOrder()
    {
        foreach (var fences in _contexts.Values)
        {
            // From the last backward: what comes while this looks comes in its order too.
            Fence? later = null;
            foreach (var fence in fences.Values.Reverse())
            {
                var hasCome = fence.IsSignaled;
                if (hasCome && fence.HasWaiters)
                    return $"{NameOf(fence)} has come, and somebody waits for it";
                if (!hasCome && later is not null)
                    return $"{NameOf(later)} came before {NameOf(fence)}";
                if (hasCome && later is not null && fence.Time > later.Time)
                    return $"{NameOf(later)} has an earlier time than {NameOf(fence)}";
                if (hasCome)
                    later ??= fence;
            }

            if (later is not null)
                foreach (var come in fences.Keys.TakeWhile(n => n < later.Sequence).ToList())
                    fences.Remove(come);
        }

        return null;
    }

    private static string NameOf(Fence fence) => $"fence {fence.Sequence} of {fence.Driver} {fence.Timeline}, context {fence.Context}";
}
