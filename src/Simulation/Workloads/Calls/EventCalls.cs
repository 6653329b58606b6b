using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>read(2); it waits only where an event has to come.</summary>
internal sealed record ReadEventsCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ReadEventsAsync();
}

/// <summary>WAIT_VBLANK that blocks.</summary>
/// <param name="Crtc">By index, also of none.</param>
/// <param name="Ahead">Vblanks from now; from the last count that the client has seen where <paramref name="Absolute"/>.</param>
internal sealed record WaitVblankCall(int Crtc, uint Ahead, bool Absolute) : WorkloadCall
{
    public static WaitVblankCall Draw(Seed seed) => new(seed.Below(3), (uint)seed.Below(4), seed.OneIn(2));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var reply = await client.CallAsync(VblankTargets.Of(client, Crtc, Ahead, Absolute));
        if (reply.Ok)
            client.LastSequence = reply.Value!.Sequence;
        return reply.Errno;
    }
}

/// <summary>WAIT_VBLANK with an event.</summary>
internal sealed record VblankEventCall(int Crtc, uint Ahead, bool Absolute) : WorkloadCall
{
    public static VblankEventCall Draw(Seed seed) => new(seed.Below(3), (uint)seed.Below(4), seed.OneIn(2));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var wait = VblankTargets.Of(client, Crtc, Ahead, Absolute);
        return (await client.RequestEventAsync(data => wait with { Flags = wait.Flags | VblankFlags.Event, UserData = data })).Errno;
    }
}

internal sealed record GetSequenceCall(int Crtc) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts ? await client.ErrnoAsync(new CrtcGetSequence(facts.Crtc(Crtc))) : Errno.EAGAIN;
}

internal sealed record QueueSequenceCall(int Crtc, uint Ahead, bool NextOnMiss) : WorkloadCall
{
    public static QueueSequenceCall Draw(Seed seed) => new(Slots.Draw(seed), (uint)seed.Below(4), seed.OneIn(3));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Errno.EAGAIN;
        var flags = SequenceFlags.Relative | (NextOnMiss ? SequenceFlags.NextOnMiss : SequenceFlags.None);
        return (await client.RequestEventAsync(data => new CrtcQueueSequence(facts.Crtc(Crtc), flags, Ahead, data))).Errno;
    }
}

internal static class VblankTargets
{
    public static WaitVblank Of(WorkloadClient client, int crtc, uint ahead, bool absolute) => absolute
        ? new WaitVblank(VblankFlags.Absolute | WaitVblank.OnCrtc(crtc), client.LastSequence + ahead)
        : new WaitVblank(VblankFlags.Relative | WaitVblank.OnCrtc(crtc), ahead);
}
