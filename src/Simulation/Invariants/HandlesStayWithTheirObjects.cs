using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class HandlesStayWithTheirObjects : Invariant
{
    // What each handle of a buffer that its file made has been seen to reach.
    private readonly Dictionary<(ulong File, uint Handle), Reached> _handles = [];
    private readonly Dictionary<(int Device, ulong Offset), (ulong File, uint Handle)> _offsets = [];

    // The memory of buffers of which no other file can have a handle, and whose own file has closed the only one.
    private readonly HashSet<(long Offset, uint Stamp)> _closed = [];
    private readonly Dictionary<ObservedCall, Reached> _closing = [];

    public override string Protects => "a handle reaches the object that it was given for, as long as it is held, and never another file's";

    public override void OnBegin(ObservedCall call)
    {
        foreach (var shared in Shares(call.Call))
            if (_handles.TryGetValue((call.File, shared.Value), out var reached))
                reached.IsShared = true;
        // From here on it may be gone, and its offset another's.
        if (call.Call is GemClose { Pad: 0 } close)
            Close(call, close.Handle);
        else if (call.Call is ModeDestroyDumb destroy)
            Close(call, destroy.Handle);
        else if (call.Call is CloseFile or KillFile)
            foreach (var handle in _handles.Keys.Where(k => k.File == call.File).ToList())
                Forget(handle.File, new GemHandle(handle.Handle));
    }

    public override void OnEnd(ObservedCall call)
    {
        if (_closing.Remove(call, out var closed) && call is { Ok: true, IsAloneInClient: true } && closed is { IsShared: false, Block: { } block })
            _closed.Add(block);
        if (!call.Ok || call.Device is { IsLossy: true })
            return;
        if (call is { Value: DumbBuffer made, IsAloneInClient: true })
            _handles[(call.File, made.Handle.Value)] = new Reached();
        else if (call is { Call: ModeMapDumb map, Value: MapOffset at, IsAloneInClient: true })
            See(call, map.Handle, at.Offset);
        else if (call is { Call: Mmap mmap, Value: MmapRegion region, IsAloneInClient: true })
            See(call, mmap.Offset, region);
    }

    public override void OnLook(ObservedLook look)
    {
        if (look.Written != 0 && (look.Head != look.Written || look.Tail != look.Written))
            throw new InvariantException(
                this, look.Client, look.Step, $"{look.Handle} held {look.Written:x} and begins with {look.Head:x}, ends with {look.Tail:x}");
    }

    private void See(ObservedCall call, GemHandle handle, ulong offset)
    {
        var key = (call.File, handle.Value);
        if (!_handles.TryGetValue(key, out var reached))
            return;
        var place = (FileNumber.DeviceOf(call.File), offset);
        if (_offsets.TryGetValue(place, out var other) && other != key)
            throw Violated(call, $"offset {offset:x} is that of handle {other.Handle} of file {other.File}");
        if (reached.Offset != 0 && reached.Offset != offset)
            throw Violated(call, $"{handle} was at offset {reached.Offset:x} before");
        reached.Offset = offset;
        _offsets[place] = key;
    }

    // Another file, or this one by another handle, may reach the object afterwards.
    private static IEnumerable<GemHandle> Shares(IIoctl call) => call switch
    {
        GemFlink flink => [flink.Handle],
        PrimeHandleToFd export => [export.Handle],
        ModeAddFb add => [add.Handle],
        ModeAddFb2 add => add.Planes.Select(p => p.Handle),
        ModeCursor cursor => [cursor.Handle],
        ModeCursor2 cursor => [cursor.Handle],
        _ => [],
    };

    private void See(ObservedCall call, ulong offset, MmapRegion region)
    {
        if (_closed.Contains((region.ArenaOffset, region.Stamp)))
            throw Violated(call, $"that is memory to which no handle is left: {region}");
        if (!_offsets.TryGetValue((FileNumber.DeviceOf(call.File), offset), out var key) || key.File != call.File)
            return;
        var reached = _handles[key];
        var block = (region.ArenaOffset, region.Stamp);
        if (reached.Block is { } before && before != block)
            throw Violated(call, $"handle {key.Handle} was at {before} before");
        foreach (var (otherKey, other) in _handles)
            if (other != reached && other.Block == block)
                throw Violated(call, $"that is the memory of handle {otherKey.Handle} of file {otherKey.File}");
        reached.Block = block;
    }

    private void Close(ObservedCall call, GemHandle handle)
    {
        if (_handles.TryGetValue((call.File, handle.Value), out var reached))
            _closing.Add(call, reached);
        Forget(call.File, handle);
    }

    private void Forget(ulong file, GemHandle handle)
    {
        if (_handles.Remove((file, handle.Value), out var reached) && reached.Offset != 0)
            _offsets.Remove((FileNumber.DeviceOf(file), reached.Offset));
    }

    private sealed class Reached
    {
        /// <summary>The fake one; 0 for not seen yet.</summary>
        public ulong Offset { get; set; }

        public (long Offset, uint Stamp)? Block { get; set; }

        public bool IsShared { get; set; }
    }
}
