using System.Runtime.InteropServices;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class ReferencesEqualHolders : Invariant
{
    private readonly SortedDictionary<ulong, FileHoldings> _files = [];

    public override string Protects => "the references of every object are those that its handles, mappings and framebuffers hold, no more and no less";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is KillFile)
            _files.Remove(call.File);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (!call.Ok)
            return;
        if (call.Call is OpenCard)
            _files.Add(call.File, new FileHoldings());
        if (!_files.TryGetValue(call.File, out var file))
            return;
        file.Handles += HandleUse.Given(call).Length;
        switch (call.Call)
        {
            case GemClose or ModeDestroyDumb:
                file.Handles--;
                break;
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
        return Unequal("handles", handles, unknown, f => f.Handles) ?? Unequal("mappings", mappings, unknown, f => f.Mappings);
    }

    public override string? AtEnd(QuietPoint start, QuietPoint now) => AtQuiet(now);

    private static string? Compare(QuietDevice device, Dictionary<ulong, int> handles, Dictionary<ulong, int> mappings)
    {
        var expected = new Dictionary<(Holder Holder, ulong Object), int>();
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
                else if (!expected.Remove((holder, holders.ObjectId), out var due) || due != count)
                    return $"object {holders.ObjectId} is held {count} times by {holder}, who has {due}";
            }
        }

        return expected.Count > 0 && !device.IsLossy
            ? $"{expected.First().Key.Holder} does not hold object {expected.First().Key.Object}, which it shows"
            : null;
    }

    private static Holder HolderOf(ulong owner) => owner == 0 ? new Holder(HolderKind.Console, 0) : new Holder(HolderKind.Framebuffer, owner);

    private static void Count(Dictionary<(Holder Holder, ulong Object), int> counts, Holder holder, ulong id) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, (holder, id), out _)++;

    /// <param name="unknown">Devices of whose files nobody knows what they should hold.</param>
    private string? Unequal(string what, Dictionary<ulong, int> held, HashSet<int> unknown, Func<FileHoldings, int> of)
    {
        foreach (var (id, file) in _files)
            if (!unknown.Contains(FileNumber.DeviceOf(id)) && (held.Remove(id, out var count) ? count : 0) != of(file))
                return $"file {id} has {of(file)} {what}, and the objects know of {count}";
        return held.Keys.FirstOrDefault(id => !unknown.Contains(FileNumber.DeviceOf(id))) is var left and not 0 ? $"file {left}, which is gone, still has {what}" : null;
    }

    private sealed class FileHoldings
    {
        public int Handles { get; set; }

        public int Mappings { get; set; }

        public bool IsClosed { get; set; }
    }
}
