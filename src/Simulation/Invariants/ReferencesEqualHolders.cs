using System.Runtime.InteropServices;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class ReferencesEqualHolders : Invariant
{
    private readonly SortedDictionary<ulong, FileHoldings> _files = [];

    public override string Protects => "the references of every object are those that its handles, mappings, framebuffers and dma-bufs hold, no more and no less";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is KillFile)
            _files.Remove(call.File);
        if (HandleUse.IsOne(call.Call) && _files.TryGetValue(call.File, out var file))
            file.Handles.Begin(call);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (call is { Ok: true, Call: OpenCard })
            _files.Add(call.File, new FileHoldings());
        if (!_files.TryGetValue(call.File, out var file))
            return;
        // What no order explains, another invariant tells.
        file.Handles.End(call);
        if (!call.Ok)
            return;
        switch (call.Call)
        {
            case Mmap:
                file.Mappings++;
                break;
            case Munmap:
                file.Mappings--;
                break;
            case CloseFile:
                file.IsClosed = true;
                break;
        }

        // A closed file stays, with all that it holds, until its last mapping goes.
        if (file is { IsClosed: true, Mappings: 0 })
            _files.Remove(call.File);
    }

    public override string? AtQuiet(QuietPoint now)
    {
        // Which object a handle or a mapping is of only the card knows.
        var (handles, mappings) = (new Dictionary<ulong, int>(), new Dictionary<ulong, int>());
        foreach (var device in now.Devices)
            if (Compare(device, handles, mappings) is { } wrong)
                return wrong;
        var unknown = now.Devices.Where(d => d.IsDead || d.IsLossy).Select(d => d.Number).ToHashSet();
        return Unequal("handles", handles, unknown, (f, held) => f.Handles.MayHold(held)) ?? Unequal("mappings", mappings, unknown, (f, held) => f.Mappings == held);
    }

    public override string? AtEnd(QuietPoint start, QuietPoint now) => AtQuiet(now);

    private static string? Compare(QuietDevice device, Dictionary<ulong, int> handles, Dictionary<ulong, int> mappings)
    {
        var expected = new Dictionary<(Holder Holder, ulong Object), int>();
        var buffers = new HashSet<(Holder Buffer, ulong Object)>();
        foreach (var framebuffer in device.IsDead ? [] : device.Device.State.Framebuffers.Values)
            foreach (var buffer in framebuffer.Buffers)
                Count(expected, HolderOf(framebuffer.Owner), buffer.ObjectId);
        foreach (var holders in device.Objects)
        {
            if (holders.Holders.IsEmpty)
                return $"nobody holds object {holders.ObjectId}";
            foreach (var (holder, count) in holders.Holders)
            {
                if (holder.Kind == HolderKind.File)
                    CollectionsMarshal.GetValueRefOrAddDefault(handles, FileNumber.Of(device.Number, holder.Id), out _) += count;
                else if (holder.Kind == HolderKind.Mapping)
                    CollectionsMarshal.GetValueRefOrAddDefault(mappings, FileNumber.Of(device.Number, holder.Id), out _) += count;
                else if (holder.Kind == HolderKind.DmaBuf && count == 1)
                    buffers.Add((holder, holders.ObjectId));
                else if (!expected.Remove((holder, holders.ObjectId), out var due) || due != count)
                    return $"object {holders.ObjectId} is held {count} times by {holder}, who has {due}";
            }
        }

        // An object keeps its own while it has a handle.
        var withHandles = device.Objects.Where(o => o.Holders.Any(h => h.Holder.Kind == HolderKind.File)).Select(o => o.ObjectId).ToHashSet();
        if (buffers.FirstOrDefault(b => !device.Buffers.Contains(b) && !withHandles.Contains(b.Object)) is { Object: > 0 } left)
            return $"object {left.Object} is held by {left.Buffer}, which nobody has";
        if (!device.IsLossy && !device.IsDead && device.Buffers.FirstOrDefault(b => !buffers.Contains(b)) is { ObjectId: > 0 } missed)
            return $"{missed.Buffer} does not hold object {missed.ObjectId}";
        return expected.Count > 0 && !device.IsLossy
            ? $"{expected.First().Key.Holder} does not hold object {expected.First().Key.Object}, which it shows"
            : null;
    }

    private static Holder HolderOf(ulong owner) => owner == 0 ? new Holder(HolderKind.Console, 0) : new Holder(HolderKind.Framebuffer, owner);

    private static void Count(Dictionary<(Holder Holder, ulong Object), int> counts, Holder holder, ulong id) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, (holder, id), out _)++;

    /// <param name="unknown">Devices of whose files nobody knows what they should hold.</param>
    private string? Unequal(string what, Dictionary<ulong, int> held, HashSet<int> unknown, Func<FileHoldings, int, bool> mayHold)
    {
        foreach (var (id, file) in _files)
            if (!unknown.Contains(FileNumber.DeviceOf(id)) && !mayHold(file, held.Remove(id, out var count) ? count : 0))
                return $"file {id} has not {count} {what}, of which the objects know";
        return held.Keys.FirstOrDefault(id => !unknown.Contains(FileNumber.DeviceOf(id))) is var left and not 0 ? $"file {left}, which is gone, still has {what}" : null;
    }

    private sealed class FileHoldings
    {
        public HandleHistory Handles { get; } = new();

        public int Mappings { get; set; }

        public bool IsClosed { get; set; }
    }
}
