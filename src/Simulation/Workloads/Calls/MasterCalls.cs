using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads.Calls;

internal sealed record SetMasterCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new SetMaster());
}

internal sealed record DropMasterCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new DropMaster());
}

/// <summary>GET_MAGIC; the token is told to everybody.</summary>
internal sealed record GetMagicCall : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var reply = await client.CallAsync(new GetMagic());
        if (reply.Ok)
            client.Board.Magics.Add(new HeldNumber(reply.Value!.Value));
        return reply.Errno;
    }
}

/// <summary>AUTH_MAGIC of a token that was told, perhaps used already.</summary>
internal sealed record AuthMagicCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Board.Magics.At(Slot) is { } magic ? await client.ErrnoAsync(new AuthMagic(magic.Value)) : Errno.EAGAIN;
}

internal sealed record AuthAnyCall(uint Magic) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new AuthMagic(Magic));
}
