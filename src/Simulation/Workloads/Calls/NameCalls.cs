using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>GEM_FLINK; the name is told to everybody.</summary>
internal sealed record FlinkCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        // Before anybody can open it.
        buffer.IsShared = true;
        var reply = await client.CallAsync(new GemFlink(buffer.Handle));
        if (reply.Ok)
            client.Board.Names.Add(new HeldNumber(reply.Value!.Name.Value));
        return reply.Errno;
    }
}

/// <summary>GEM_OPEN of a name that was told, which may be gone by now or another's.</summary>
internal sealed record GemOpenCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Board.Names.At(Slot) is { } name ? await OpenAsync(client, name.Value) : Errno.EAGAIN;

    public static async Task<Errno> OpenAsync(WorkloadClient client, uint name)
    {
        const uint Width = 16;
        const uint Bpp = 32;
        const uint Pitch = Width * Bpp / 8;
        var reply = await client.CallAsync(new GemOpen(new GemName(name)));
        if (reply is { Ok: true, Value: { } opened })
            client.Buffers.Add(new HeldBuffer(opened.Handle, Width, (uint)opened.Size / Pitch, Bpp, Pitch, opened.Size) { IsShared = true });
        return reply.Errno;
    }
}

/// <summary>GEM_OPEN of a guessed name.</summary>
internal sealed record GemOpenAnyCall(uint Name) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => GemOpenCall.OpenAsync(client, Name);
}

/// <summary>Several calls of one client at the same time, as its threads would: the only ones whose order is nobody's promise.</summary>
internal sealed record TogetherCall(ImmutableArray<WorkloadCall> Calls) : WorkloadCall
{
    private static readonly ImmutableArray<Func<Seed, WorkloadCall>> Parts =
    [
        _ => new CreateDumbCall(64, 64, 32),
        s => new GemCloseCall(s.Below(4)),
        s => new GemCloseCall(s.Below(4)),
        s => new FlinkCall(s.Below(4)),
        s => new GemOpenCall(Slots.Draw(s)),
        s => new PrimeExportCall(s.Below(4), PrimeFlags.CloseOnExec),
        s => new MapCall(s.Below(4)),
        s => new AddFbCall(s.Below(4)),
    ];

    public static TogetherCall Draw(Seed seed) =>
        new([.. Enumerable.Range(0, 2 + seed.Below(3)).Select(_ => Parts[seed.Below(Parts.Length)](seed))]);

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        client.IsConcurrent = true;
        // By slots, so all have chosen before the first is answered.
        var running = Calls.Select(c => c.RunAsync(client)).ToList();
        var first = Errno.None;
        foreach (var call in running)
            if (await call is var errno && first == Errno.None)
                first = errno;
        client.IsConcurrent = false;
        return first;
    }
}
