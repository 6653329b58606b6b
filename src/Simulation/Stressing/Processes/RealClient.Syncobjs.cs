using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

// Syncobjs, as a program uses them.
internal sealed partial class RealClient
{
    private readonly Slots<HeldNumber> _syncobjs = new();

    private bool RunSyncobjs(WorkloadCall call)
    {
        switch (call)
        {
            case CreateSyncobjCall create:
                var made = new drm_syncobj_create { flags = (uint)create.Flags };
                Keep(_calls.Ioctl("SYNCOBJ_CREATE", ref made), made.handle);
                break;
            case DestroySyncobjCall destroy when _syncobjs.At(destroy.Slot) is { } held:
                _syncobjs.Remove(held);
                var gone = new drm_syncobj_destroy { handle = held.Value };
                _calls.Ioctl("SYNCOBJ_DESTROY", ref gone);
                break;
            case ExportSyncobjCall export:
                var exported = new drm_syncobj_handle { handle = HandleAt(export.Slot), flags = (uint)export.Flags, fd = -1, point = export.Point };
                if (_calls.Ioctl("SYNCOBJ_HANDLE_TO_FD", ref exported) == Errno.None && exported.fd >= 0)
                    _descriptors.Add(new RealDescriptor(exported.fd));
                break;
            case ImportSyncobjCall import:
                var imported = new drm_syncobj_handle
                {
                    handle = HandleAt(import.Into),
                    flags = (uint)import.Flags,
                    fd = FdAt(import.Slot),
                    point = import.Point,
                };
                var errno = _calls.Ioctl("SYNCOBJ_FD_TO_HANDLE", ref imported);
                if (!import.IsOfSyncFile)
                    Keep(errno, imported.handle);
                break;
            case TransferPointCall transfer:
                var from = new drm_syncobj_transfer
                {
                    src_handle = HandleAt(transfer.From),
                    dst_handle = HandleAt(transfer.To),
                    src_point = transfer.FromPoint,
                    dst_point = transfer.ToPoint,
                };
                _calls.Ioctl("SYNCOBJ_TRANSFER", ref from);
                break;
            case CountPointCall count:
                var counted = new drm_syncobj_eventfd { handle = HandleAt(count.Slot), point = count.Point, fd = FdAt(count.Told) };
                _calls.Ioctl("SYNCOBJ_EVENTFD", ref counted);
                break;
            default:
                return RunSyncobjArrays(call);
        }

        return true;
    }

    private bool RunSyncobjArrays(WorkloadCall call)
    {
        switch (call)
        {
            case WaitSyncobjsCall wait:
                WithArrays(wait.Places, 0, (handles, _) =>
                {
                    var argument = new drm_syncobj_wait
                    {
                        handles = handles,
                        count_handles = (uint)wait.Places.Count,
                        timeout_nsec = clock.Now + wait.Ahead,
                        flags = (uint)wait.Flags,
                    };
                    _calls.Ioctl("SYNCOBJ_WAIT", ref argument);
                });
                break;
            case WaitPointsCall wait:
                WithArrays(wait.Places, wait.Point, (handles, points) =>
                {
                    var argument = new drm_syncobj_timeline_wait
                    {
                        handles = handles,
                        points = points,
                        count_handles = (uint)wait.Places.Count,
                        timeout_nsec = clock.Now + wait.Ahead,
                        flags = (uint)wait.Flags,
                    };
                    _calls.Ioctl("SYNCOBJ_TIMELINE_WAIT", ref argument);
                });
                break;
            case ResetSyncobjsCall reset:
                OnArray("SYNCOBJ_RESET", reset.Places);
                break;
            case SignalSyncobjsCall signal:
                OnArray("SYNCOBJ_SIGNAL", signal.Places);
                break;
            case SignalPointsCall signal:
                OnPoints("SYNCOBJ_TIMELINE_SIGNAL", signal.Places, signal.Point, flags: 0);
                break;
            case QueryPointsCall query:
                OnPoints("SYNCOBJ_QUERY", query.Places, point: 0, query.Submitted ? 1u : 0);
                break;
            default:
                return call is DestroySyncobjCall;
        }

        return true;
    }

    private void OnArray(string name, SyncobjPlaces places) => WithArrays(places, 0, (handles, _) =>
    {
        var argument = new drm_syncobj_array { handles = handles, count_handles = (uint)places.Count };
        _calls.Ioctl(name, ref argument);
    });

    private void OnPoints(string name, SyncobjPlaces places, ulong point, uint flags) => WithArrays(places, point, (handles, points) =>
    {
        var argument = new drm_syncobj_timeline_array { handles = handles, points = points, count_handles = (uint)places.Count, flags = flags };
        _calls.Ioctl(name, ref argument);
    });

    private void WithArrays(SyncobjPlaces places, ulong point, Action<ulong, ulong> call)
    {
        var handles = GC.AllocateUninitializedArray<uint>(places.Count, pinned: true);
        var points = GC.AllocateUninitializedArray<ulong>(places.Count, pinned: true);
        for (var i = 0; i < places.Count; i++)
            (handles[i], points[i]) = (HandleAt(i == 0 ? places.First : places.Second), point + (ulong)i);
        call(RealCalls.AddressOf(handles.AsSpan()), RealCalls.AddressOf(points.AsSpan()));
        GC.KeepAlive(handles);
        GC.KeepAlive(points);
    }

    private uint HandleAt(int slot) => _syncobjs.At(slot)?.Value ?? 0;

    private int FdAt(int slot) => _descriptors.At(slot)?.Fd ?? -1;

    private void Keep(Errno errno, uint handle)
    {
        if (errno == Errno.None)
            _syncobjs.Add(new HeldNumber(handle));
    }
}
