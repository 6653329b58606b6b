using DrmActors.Actors.Prime;
using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class BuffersKeepTheirIdentity : Invariant
{
    // What handles stood for when a call that was alone in its client had ended, until somebody begins to close them.
    private readonly Dictionary<(ulong File, GemHandle Handle), DmaBuf> _buffers = [];

    // Those that an import gave, and no other way.
    private readonly Dictionary<(ulong File, DmaBuf Buffer), GemHandle> _imports = [];
    private readonly Dictionary<DmaBuf, (long Offset, uint Stamp)> _memory = [];
    private readonly Dictionary<(ulong File, ulong Offset), DmaBuf> _offsets = [];
    private readonly Dictionary<ObservedCall, DmaBuf?> _importing = [];

    public override string Protects => "a buffer has one dma-buf: exports of a handle give it again, imports of it the handle that the file has, and all handles of it reach the same memory";

    public override void OnBegin(ObservedCall call)
    {
        switch (call.Call)
        {
            case PrimeFdToHandle import:
                _importing.Add(call, BufferOf(call, import.Descriptor));
                break;
            case CloseDescriptor close:
                // By the time that it is looked at, the number may be another's.
                foreach (var (importing, _) in _importing.Where(i => ((PrimeFdToHandle)i.Key.Call).Descriptor == close.Descriptor).ToList())
                    _importing[importing] = null;
                break;
            case GemClose { Pad: 0 } close:
                Forget(call.File, close.Handle);
                break;
            case ModeDestroyDumb destroy:
                Forget(call.File, destroy.Handle);
                break;
            case CloseFile or KillFile:
                foreach (var (_, handle) in _buffers.Keys.Where(k => k.File == call.File).ToList())
                    Forget(call.File, handle);
                break;
        }
    }

    public override void OnEnd(ObservedCall call)
    {
        var imported = _importing.Remove(call, out var known) ? known : null;
        if (!call.Ok || !call.IsAloneInClient || call.Device is { IsLossy: true })
            return;
        if (call is { Call: PrimeFdToHandle import, Value: PrimeImported { Handle: var handle } } && imported is not null && BufferOf(call, import.Descriptor) == imported)
            See(call, handle, imported);
        else if (call is { Call: PrimeHandleToFd export, Value: PrimeExported { Descriptor: var descriptor } } && BufferOf(call, descriptor) is { } exported)
            Note(call, export.Handle, exported);
        else if (call is { Call: ModeMapDumb map, Value: MapOffset at } && _buffers.TryGetValue((call.File, map.Handle), out var mapped))
            _offsets[(call.File, at.Offset)] = mapped;
        else if (call is { Call: Mmap mmap, Value: MmapRegion region } && _offsets.TryGetValue((call.File, mmap.Offset), out var there))
            See(call, there, (region.ArenaOffset, region.Stamp));
    }

    private void See(ObservedCall call, GemHandle handle, DmaBuf buffer)
    {
        if (_imports.TryGetValue((call.File, buffer), out var before) && before != handle)
            throw Violated(call, $"{handle} is of {buffer}, of which the file has {before}");
        Note(call, handle, buffer);
        _imports[(call.File, buffer)] = handle;
    }

    private void Note(ObservedCall call, GemHandle handle, DmaBuf buffer)
    {
        // Only one whose object has ended is followed by another.
        if (_buffers.TryGetValue((call.File, handle), out var before) && before != buffer && !before.IsLost)
            throw Violated(call, $"{handle} is of {buffer}, and was of {before}");
        _buffers[(call.File, handle)] = buffer;
    }

    private void See(ObservedCall call, DmaBuf buffer, (long Offset, uint Stamp) memory)
    {
        if (_memory.TryGetValue(buffer, out var before) && before != memory)
            throw Violated(call, $"{buffer} was at {before} before");
        _memory[buffer] = memory;
    }

    private void Forget(ulong file, GemHandle handle)
    {
        if (!_buffers.Remove((file, handle), out var buffer))
            return;
        _imports.Remove((file, buffer));
        foreach (var (place, _) in _offsets.Where(o => o.Key.File == file && o.Value == buffer).ToList())
            _offsets.Remove(place);
    }

    private static DmaBuf? BufferOf(ObservedCall call, Descriptor descriptor) => call.Device?.View.Descriptors.Find(descriptor) as DmaBuf;
}
