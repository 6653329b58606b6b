using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

internal sealed record AddFbCall(int Slot) : WorkloadCall
{
    private const uint OpaqueDepth = 24;

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Buffers.At(Slot) is { } buffer ? (await AddAsync(client, buffer)).Errno : Errno.EAGAIN;

    public static async Task<Reply<HeldFramebuffer>> AddAsync(WorkloadClient client, HeldBuffer buffer)
    {
        // Anybody who may have it by GETFB.
        buffer.IsShared = true;
        var reply = await client.CallAsync(
            new ModeAddFb(buffer.Width, buffer.Height, buffer.Pitch, buffer.Bpp, Math.Min(buffer.Bpp, OpaqueDepth), buffer.Handle));
        return Keep(client, reply, buffer);
    }

    public static Reply<HeldFramebuffer> Keep(WorkloadClient client, Reply<FramebufferAdded> reply, HeldBuffer buffer)
    {
        if (!reply.Ok)
            return Reply<HeldFramebuffer>.Failed(reply.Errno);
        var framebuffer = new HeldFramebuffer(reply.Value!.Id, buffer.Width, buffer.Height);
        client.Framebuffers.Add(framebuffer);
        client.Board.Framebuffers.Add(framebuffer);
        return Reply<HeldFramebuffer>.Success(framebuffer);
    }
}

/// <param name="Format">A fourcc.</param>
/// <param name="Grow">Rows more than the buffer has.</param>
internal sealed record AddFb2Call(int Slot, uint Format, uint Grow) : WorkloadCall
{
    private static readonly uint[] Formats = [Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Rgb565, 1];

    public static AddFb2Call Draw(Seed seed) => new(Slots.Draw(seed), Formats[seed.Below(Formats.Length)], seed.OneIn(6) ? 64u : 0);

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        buffer.IsShared = true;
        var reply = await client.CallAsync(new ModeAddFb2(
            buffer.Width,
            buffer.Height + Grow,
            Format,
            FramebufferFlags.None,
            [new FramebufferPlane(buffer.Handle, buffer.Pitch, 0), default, default, default]));
        return AddFbCall.Keep(client, reply, buffer).Errno;
    }
}

internal sealed record RmFbCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        client.Framebuffers.Remove(framebuffer);
        return await client.ErrnoAsync(new ModeRmFb(framebuffer.Id));
    }
}

/// <summary>CLOSEFB: what is shown stays on, and goes with the next flip.</summary>
internal sealed record CloseFbCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        client.Framebuffers.Remove(framebuffer);
        return await client.ErrnoAsync(new ModeCloseFb(framebuffer.Id));
    }
}

/// <summary>RMFB of what may be another file's, which is ENOENT.</summary>
internal sealed record RmFbAnyCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Board.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        client.Framebuffers.Remove(framebuffer);
        return await client.ErrnoAsync(new ModeRmFb(framebuffer.Id));
    }
}

internal sealed record GetFbCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Board.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        var reply = await client.CallAsync(new ModeGetFb(framebuffer.Id));
        if (reply is { Value: { Handle.IsNone: false } fb })
            client.Buffers.Add(new HeldBuffer(fb.Handle, fb.Width, fb.Height, fb.Bpp, fb.Pitch, (ulong)fb.Pitch * fb.Height) { IsShared = true });
        return reply.Errno;
    }
}

internal sealed record GetFb2Call(int Slot) : WorkloadCall
{
    private const uint Bpp = 32;

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Board.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        var reply = await client.CallAsync(new ModeGetFb2(framebuffer.Id));
        if (reply is { Value: { } fb } && fb.Planes[0] is { Handle.IsNone: false } plane)
            client.Buffers.Add(
                new HeldBuffer(plane.Handle, fb.Width, fb.Height, Bpp, plane.Pitch, (ulong)plane.Pitch * fb.Height) { IsShared = true });
        return reply.Errno;
    }
}

internal sealed record DirtyFbCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Board.Framebuffers.At(Slot) is { } framebuffer
            ? await client.ErrnoAsync(new ModeDirtyFb(framebuffer.Id, DirtyFlags.None, Color: 0, []))
            : Errno.EAGAIN;
}
