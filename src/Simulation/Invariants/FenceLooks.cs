using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>What the sync files that a call names stand for: known where nobody has closed such a number meanwhile.</summary>
internal sealed class FenceLooks
{
    private readonly Dictionary<ObservedCall, List<(Descriptor Descriptor, SyncFile File)>> _underWay = [];
    private readonly List<ObservedCall> _closing = [];

    /// <summary>Of every call, before <see cref="Begin"/>.</summary>
    public void OnBegin(ObservedCall call)
    {
        if (call.Call is not CloseDescriptor close)
            return;
        _closing.Add(call);
        foreach (var looked in _underWay.Values)
            looked.RemoveAll(l => l.Descriptor == close.Descriptor);
    }

    public void Begin(ObservedCall call, IEnumerable<Descriptor> descriptors)
    {
        List<(Descriptor, SyncFile)>? looked = null;
        foreach (var descriptor in descriptors)
            if (Find(call, descriptor) is { } file && !_closing.Exists(c => ((CloseDescriptor)c.Call).Descriptor == descriptor))
                (looked ??= []).Add((descriptor, file));
        if (looked is not null)
            _underWay.Add(call, looked);
    }

    /// <summary>Of every call: the fences that it named for certain.</summary>
    public IReadOnlyList<Fence> End(ObservedCall call)
    {
        if (call.Call is CloseDescriptor)
            _closing.Remove(call);
        return _underWay.Remove(call, out var looked)
            ? [.. looked.Where(l => Find(call, l.Descriptor) == l.File).Select(l => l.File.Fence)]
            : [];
    }

    /// <summary>When all that a fence is made of had come; null where some of it has not. Looking changes nothing of it.</summary>
    public static long? TimeOf(Fence fence)
    {
        var (time, parts) = (0L, fence.Parts);
        if (parts.Count == 0)
            return fence.IsSignaled ? fence.Time : null;
        foreach (var part in parts)
        {
            if (!part.IsSignaled)
                return null;
            time = Math.Max(time, part.Time);
        }

        return time;
    }

    private static SyncFile? Find(ObservedCall call, Descriptor descriptor) => call.Device?.View.Descriptors.Find(descriptor) as SyncFile;
}
