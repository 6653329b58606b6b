using DrmActors.Actors.Prime;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>PRIME_HANDLE_TO_FD; the descriptor is told to everybody.</summary>
/// <param name="Flags">Also such as there are not.</param>
internal sealed record PrimeExportCall(int Slot, PrimeFlags Flags) : WorkloadCall
{
    private const PrimeFlags Unknown = (PrimeFlags)0x40;

    public static PrimeExportCall Draw(Seed seed) =>
        new(Slots.Draw(seed), seed.OneIn(8) ? Unknown : seed.OneIn(3) ? PrimeFlags.None : PrimeFlags.ReadWrite | PrimeFlags.CloseOnExec);

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        // Before anybody can import it.
        buffer.IsShared = true;
        var reply = await client.CallAsync(new PrimeHandleToFd(buffer.Handle, Flags));
        if (reply.Ok)
            client.Tell(new HeldDescriptor(reply.Value!.Descriptor, buffer));
        return reply.Errno;
    }
}

/// <summary>PRIME_FD_TO_HANDLE of a descriptor that was told, which may be closed by now or another's.</summary>
internal sealed record PrimeImportCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<DmaBuf>(Slot) is { } told ? (await client.ImportAsync(told.Descriptor)).Errno : Errno.EAGAIN;
}

/// <summary>PRIME_FD_TO_HANDLE of a guessed number.</summary>
internal sealed record PrimeImportAnyCall(int Number) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) => (await client.ImportAsync(new Descriptor(Number))).Errno;
}

/// <summary>Several calls of one client at the same time, that make and close handles of one dma-buf.</summary>
internal sealed record PrimeTogetherCall(int Slot, int Closed) : WorkloadCall
{
    public static PrimeTogetherCall Draw(Seed seed) => new(Slots.Draw(seed), seed.Below(4));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Told<DmaBuf>(Slot) is not { } told)
            return Errno.EAGAIN;
        client.IsConcurrent = true;
        var first = client.ImportAsync(told.Descriptor);
        var closing = new GemCloseCall(Closed).RunAsync(client);
        var second = client.ImportAsync(told.Descriptor);
        var errno = (await first).Errno;
        await closing;
        await second;
        client.IsConcurrent = false;
        return errno;
    }
}

/// <summary>As one that another client has sent: a descriptor of one's own, of what was told.</summary>
internal sealed record TakeDescriptorCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Board.Descriptors.At(Slot) is not { } told)
            return Task.FromResult(Errno.EAGAIN);
        var taken = client.Host.Descriptors.Duplicate(told.Descriptor);
        if (taken.IsNone)
            return Task.FromResult(Errno.EBADF);
        client.Tell(told with { Descriptor = taken });
        return Task.FromResult(Errno.None);
    }
}

/// <summary>close(2) of a descriptor of one's own, which others may be about to use.</summary>
internal sealed record CloseDescriptorCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) =>
        Task.FromResult(client.Descriptors.At(Slot) is { } held ? client.Close(held) : Errno.EAGAIN);
}
