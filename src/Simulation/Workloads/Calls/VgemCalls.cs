using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>VGEM_FENCE_ATTACH, which another driver refuses, and perhaps VGEM_FENCE_SIGNAL right after it: meanwhile whoever shows the buffer waits.</summary>
/// <param name="Keeps">Until it is signalled by another call, by its time, or with its file.</param>
internal sealed record AttachFenceCall(int Slot, uint Flags, bool Keeps) : WorkloadCall
{
    public static AttachFenceCall Draw(Seed seed) => new(Slots.Draw(seed), (uint)seed.Below(3), seed.OneIn(2));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        var reply = await client.CallAsync(new VgemFenceAttach(buffer.Handle, Flags));
        if (reply is not { Ok: true, Value: { Fence: var fence } })
            return reply.Errno;
        if (!Keeps)
            return await client.ErrnoAsync(new VgemFenceSignal(fence));
        client.Fences.Add(new HeldNumber(fence));
        return Errno.None;
    }
}

/// <summary>VGEM_FENCE_SIGNAL of a fence of the client's, which may be over.</summary>
internal sealed record SignalFenceCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Fences.At(Slot) is { } fence ? await client.ErrnoAsync(new VgemFenceSignal(fence.Value)) : Errno.EAGAIN;
}
