using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Timelines that are moved on by hand, for tests of those who wait for fences.
public sealed partial class DrmHost
{
    /// <summary>As an open of /sys/kernel/debug/sync/sw_sync: a timeline of its own, at 0. When it is closed, what it has not come to ends with ENOENT.</summary>
    /// <param name="name">As sync files tell it.</param>
    public Descriptor OpenSwSync(string name = "drm") => Descriptors.Add(new SwTimeline(name, Descriptors, Contexts, Clock));

    /// <summary>SW_SYNC_IOC_CREATE_FENCE: a sync file that is signalled when a timeline has come to a point; the caller's to close.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no timeline.</exception>
    public async Task<Descriptor> CreateFenceAsync(Descriptor timeline, uint value)
    {
        var call = new SwSyncCreateFence(value);
        var reply = await CallAsync(timeline, call);
        return reply.Ok ? reply.Value!.Descriptor : throw new DrmException(reply.Errno, call);
    }

    /// <summary>SW_SYNC_IOC_INC: moves a timeline on, and signals the fences that it passes.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. ENOTTY: it is no timeline.</exception>
    public async Task AdvanceAsync(Descriptor timeline, uint by = 1, CancellationToken cancellationToken = default)
    {
        var call = new SwSyncInc(by);
        var reply = await CallAsync(timeline, call, cancellationToken);
        if (!reply.Ok)
            throw new DrmException(reply.Errno, call);
    }
}
