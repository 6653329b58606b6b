using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class NamesLastAsLongAsHandles : Invariant
{
    // Handles that are of a name for certain: from the end of the call that told so to the beginning of the one that closes them.
    private readonly List<Named> _handles = [];

    // Those that were there when an open began.
    private readonly Dictionary<ObservedCall, List<Named>> _opening = [];

    public override string Protects => "a name opens its object as long as somebody has a handle of that";

    public override void OnBegin(ObservedCall call)
    {
        switch (call.Call)
        {
            case GemClose { Pad: 0 } close:
                _handles.RemoveAll(n => n.File == call.File && n.Handle == close.Handle);
                break;
            case ModeDestroyDumb destroy:
                _handles.RemoveAll(n => n.File == call.File && n.Handle == destroy.Handle);
                break;
            case CloseFile or KillFile:
                _handles.RemoveAll(n => n.File == call.File);
                break;
            case GemOpen open when _handles.FindAll(n => n.IsOn(call) && n.Name == open.Name) is { Count: > 0 } named:
                _opening.Add(call, named);
                break;
        }
    }

    public override void OnEnd(ObservedCall call)
    {
        var isKnown = _opening.Remove(call, out var named);
        if (call.Device is { IsLossy: true })
            return;
        if (isKnown && call is { Errno: Errno.ENOENT, IsInjected: false } && named!.Find(_handles.Contains) is { } held)
            throw Violated(call, $"{held.Handle} of file {held.File} is of it");
        if (!call.IsAloneInClient)
            return;
        if (call is { Call: GemFlink flink, Value: GemNamed { Name: var name } })
            _handles.Add(new Named(call.File, flink.Handle, name));
        else if (call is { Call: GemOpen open, Value: GemOpened { Handle: var handle } })
            _handles.Add(new Named(call.File, handle, open.Name));
    }

    // Another one each time: a handle that was closed meanwhile may be of the name again.
    private sealed class Named(ulong file, GemHandle handle, GemName name)
    {
        public ulong File => file;

        public GemHandle Handle => handle;

        public GemName Name => name;

        public bool IsOn(ObservedCall call) => FileNumber.DeviceOf(file) == FileNumber.DeviceOf(call.File);
    }
}
