using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

// Timelines, sync files, and commits that wait for them.
internal sealed partial class RealClient
{
    private const string SwSync = "/sys/kernel/debug/sync/sw_sync";

    // Bounded, as a process may hold only so many.
    private const int MostFences = 64;

    private readonly Slots<RealDescriptor> _timelines = new();
    private readonly Slots<RealDescriptor> _fences = new();

    private bool RunFences(WorkloadCall call)
    {
        switch (call)
        {
            case OpenTimelineCall when _timelines.Count < MostFences:
                if (_calls.OpenOther(SwSync, out var opened) == Errno.None)
                    _timelines.Add(new RealDescriptor(opened));
                return true;
            case OpenTimelineCall:
                return true;
            case CreateFenceCall create:
                With(_timelines.At(create.Slot), t => Keep(CreateFence(t.Fd, create.Value)));
                return true;
            case AdvanceTimelineCall advance:
                With(_timelines.At(advance.Slot), t => Advance(t.Fd, advance.By));
                return true;
            case MergeFencesCall merge:
                With(_fences.At(merge.Slot), f => Merge(f, _fences.At(merge.Other)!, merge.Flags));
                return true;
            case LookAtFenceCall look:
                With(_fences.At(look.Slot), f => LookAt(f.Fd, look.Deadline));
                return true;
            case WaitFenceCall wait:
                // Nobody but this process moves its timelines on, so it looks in place of waiting.
                With(_fences.At(wait.Slot), f => LookAt(f.Fd, isDeadline: false));
                return true;
            case FencedFlipCall flip:
                With(_framebuffers.At(flip.Slot), f => Flip(flip, f));
                return true;
            default:
                return false;
        }
    }

    private void CloseFences()
    {
        foreach (var descriptor in _timelines.TakeAll().Concat(_fences.TakeAll()))
            _calls.Close(descriptor.Fd);
    }

    private int CreateFence(int timeline, uint value)
    {
        var create = new sw_sync_create_fence_data { value = value, fence = -1 };
        return _calls.Ioctl("SW_SYNC_IOC_CREATE_FENCE", ref create, timeline) == Errno.None ? create.fence : -1;
    }

    private void Advance(int timeline, uint by) => _calls.Ioctl("SW_SYNC_IOC_INC", ref by, timeline);

    private void Keep(int fence)
    {
        if (fence >= 0 && _fences.Count < MostFences)
            _fences.Add(new RealDescriptor(fence));
        else if (fence >= 0)
            _calls.Close(fence);
    }

    private void Merge(RealDescriptor one, RealDescriptor other, uint flags)
    {
        var merge = new sync_merge_data { fd2 = other.Fd, fence = -1, flags = flags };
        if (_calls.Ioctl("SYNC_IOC_MERGE", ref merge, one.Fd) == Errno.None)
            Keep(merge.fence);
    }

    private void LookAt(int fence, bool isDeadline)
    {
        var (info, deadline) = (default(sync_file_info), default(sync_set_deadline));
        _ = isDeadline ? _calls.Ioctl("SYNC_IOC_SET_DEADLINE", ref deadline, fence) : _calls.Ioctl("SYNC_IOC_FILE_INFO", ref info, fence);
    }

    // It moves its own timeline on: before a commit that would wait, or behind one that does not.
    private void Flip(FencedFlipCall call, RealFramebuffer framebuffer)
    {
        if (_calls.OpenOther(SwSync, out var timeline) != Errno.None)
            return;
        var cap = new drm_set_client_cap { capability = (ulong)ClientCapability.Atomic, value = 1 };
        _calls.Ioctl("SET_CLIENT_CAP", ref cap);
        var fence = call.Fence < 0 ? -1 : CreateFence(timeline, 1);
        if (!call.Flags.HasFlag(AtomicFlags.NonBlock))
            Advance(timeline, 1);
        Span<int> given = [-1];
        var plane = At(_planes, call.Crtc);
        Commit(
            call.Flags,
            (plane, StandardProperties.FbId, framebuffer.Id),
            (plane, StandardProperties.InFenceFd, (ulong)fence),
            (At(_crtcs, call.Crtc), StandardProperties.OutFencePtr, call.Gives ? RealCalls.AddressOf(given) : 0));
        Advance(timeline, 1);
        Keep(given[0]);
        if (fence >= 0)
            _calls.Close(fence);
        _calls.Close(timeline);
    }
}
