using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>MODE_CREATE_DUMB, also of sizes that cannot be.</summary>
internal sealed record CreateDumbCall(uint Width, uint Height, uint Bpp) : WorkloadCall
{
    private static readonly uint[] Sizes = [64, 64, 64, 200, 1, 0, 40_000, uint.MaxValue];
    private static readonly uint[] Depths = [32, 32, 32, 16, 8, 0];

    public static CreateDumbCall Draw(Seed seed)
    {
        var side = Sizes[seed.Below(Sizes.Length)];
        return new(side, seed.OneIn(3) ? (uint)seed.Below(100) : side, Depths[seed.Below(Depths.Length)]);
    }

    public override async Task<Errno> RunAsync(WorkloadClient client) => (await client.CreateDumbAsync(Width, Height, Bpp)).Errno;
}

/// <summary>MODE_CREATE_DUMB of the size of a mode, so that it can be shown.</summary>
internal sealed record CreateForModeCall(int Mode) : WorkloadCall
{
    private const uint Bpp = 32;

    public static CreateForModeCall Draw(Seed seed) => new(seed.OneIn(4) ? 1 : 0);

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts?.SmallMode(Mode) is { } mode ? (await client.CreateDumbAsync(mode.HDisplay, mode.VDisplay, Bpp)).Errno : Errno.EAGAIN;
}

internal sealed record DestroyDumbCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Buffers.At(Slot) is { } buffer ? await client.CloseHandleAsync(buffer, new ModeDestroyDumb(buffer.Handle)) : Errno.EAGAIN;
}

internal sealed record GemCloseCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Buffers.At(Slot) is { } buffer ? await client.CloseHandleAsync(buffer, new GemClose(buffer.Handle)) : Errno.EAGAIN;
}

/// <summary>GEM_CLOSE of a number that is perhaps no handle of this file, with padding that must be 0: always EINVAL.</summary>
internal sealed record GemCloseAnyCall(uint Handle) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new GemClose(new GemHandle(Handle), Pad: Handle + 1));
}

internal sealed record MapCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Buffers.At(Slot) is { } buffer ? await client.MapAsync(buffer, extra: 0) : Errno.EAGAIN;
}

internal sealed record MapTooLongCall(int Slot) : WorkloadCall
{
    private const ulong Page = 4096;

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Buffers.At(Slot) is { } buffer ? await client.MapAsync(buffer, Page) : Errno.EAGAIN;
}

/// <summary>mmap(2) where the client has a mapping already, of a buffer whose handle it may have closed, or whose file.</summary>
internal sealed record MapAgainCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        // Else it may be that of any buffer of this client's.
        if (client.Mappings.At(Slot) is not { } mapping || !client.IsStillAt(mapping))
            return Errno.EAGAIN;
        // What is there now may be another's.
        var there = new HeldBuffer(default, 0, 0, 0, 0, mapping.Buffer.Size) { IsShared = true };
        mapping.Buffer.IsShared = true;
        return await client.MapAsync(there, mapping.Offset, extra: 0);
    }
}

/// <summary>Reads and writes both ends of a mapping.</summary>
internal sealed record TouchCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Mappings.At(Slot) is not { } mapping)
            return Task.FromResult(Errno.EAGAIN);
        client.Touch(mapping);
        return Task.FromResult(Errno.None);
    }
}

internal sealed record UnmapCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Mappings.At(Slot) is not { } mapping)
            return Task.FromResult(Errno.EAGAIN);
        client.Unmap(mapping);
        return Task.FromResult(Errno.None);
    }
}
