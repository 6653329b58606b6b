using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <param name="Fitting">The mode is the framebuffer's size where there is one; else any, which may be too large.</param>
internal sealed record SetCrtcCall(int Crtc, int Connector, int Slot, int Mode, bool Fitting) : WorkloadCall
{
    public static SetCrtcCall Draw(Seed seed) =>
        new(Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), !seed.OneIn(5));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { Modes.IsEmpty: false } facts || client.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        var mode = Fitting && facts.Modes.LastOrDefault(m => m.HDisplay <= framebuffer.Width && m.VDisplay <= framebuffer.Height) is { } fits
            ? fits
            : facts.Modes[Mode % facts.Modes.Length];
        return await client.SetCrtcAsync(facts.Crtc(Crtc), facts.Connector(Connector), framebuffer, mode);
    }
}

/// <summary>Makes a buffer of the size of a mode and lights a CRTC with it, in one go: a screen that is lit is what most other calls need.</summary>
internal sealed record ShowCall(int Crtc, int Connector, int Mode) : WorkloadCall
{
    private const uint Bpp = 32;

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts || facts.SmallMode(Mode) is not { } mode)
            return Errno.EAGAIN;
        var made = await client.CreateDumbAsync(mode.HDisplay, mode.VDisplay, Bpp);
        if (!made.Ok)
            return made.Errno;
        var added = await AddFbCall.AddAsync(client, made.Value!);
        return added.Ok
            ? await client.SetCrtcAsync(facts.Crtc(Crtc), facts.Connector(Connector), added.Value!, mode)
            : added.Errno;
    }
}

internal sealed record CrtcOffCall(int Crtc) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts ? await client.ErrnoAsync(new ModeSetCrtc(facts.Crtc(Crtc), default, 0, 0, [], null)) : Errno.EAGAIN;
}

/// <param name="Fitting">On the CRTC that the client lit last, with a framebuffer of its size where there is one; else on any, with any.</param>
internal sealed record PageFlipCall(int Crtc, int Slot, bool Fitting, bool Event) : WorkloadCall
{
    public static PageFlipCall Draw(Seed seed) => new(Slots.Draw(seed), Slots.Draw(seed), !seed.OneIn(5), !seed.OneIn(4));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts || client.Framebuffers.At(Slot) is not { } framebuffer)
            return Errno.EAGAIN;
        var crtc = facts.Crtc(Crtc);
        if (Fitting && client.Lit is { } lit)
            (crtc, framebuffer) = (lit.Crtc, client.Framebuffers.At(Slot, f => f.IsOfSizeOf(lit.Shown)) ?? framebuffer);
        return Event
            ? (await client.RequestEventAsync(data => new ModePageFlip(crtc, framebuffer.Id, PageFlipFlags.Event, data))).Errno
            : await client.ErrnoAsync(new ModePageFlip(crtc, framebuffer.Id, PageFlipFlags.None));
    }
}

/// <summary>As a compositor does: flips the CRTC that the client lit last, waits for the event, and flips at once again.</summary>
internal sealed record FlipTwiceCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var flip = new PageFlipCall(0, Slot, Fitting: true, Event: true);
        var errno = await flip.RunAsync(client);
        if (errno == Errno.None)
            errno = await client.ReadEventsAsync();
        return errno == Errno.None ? await flip.RunAsync(client) : errno;
    }
}

/// <summary>SETPLANE of a corner of a framebuffer, or off.</summary>
internal sealed record SetPlaneCall(int Plane, int Crtc, int Slot, bool Off) : WorkloadCall
{
    private const uint Side = 32;

    public static SetPlaneCall Draw(Seed seed) => new(Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), seed.OneIn(3));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Errno.EAGAIN;
        if (Off)
            return await client.ErrnoAsync(new ModeSetPlane(facts.Plane(Plane), default, default, 0, 0, 0, 0, 0, 0, 0, 0));
        return client.Framebuffers.At(Slot) is { } framebuffer
            ? await client.ErrnoAsync(new ModeSetPlane(
                facts.Plane(Plane), facts.Crtc(Crtc), framebuffer.Id, 0, 0, Side, Side, 0, 0, Side << 16, Side << 16))
            : Errno.EAGAIN;
    }
}

internal sealed record SetCursorCall(int Crtc, int Slot) : WorkloadCall
{
    private const uint Side = 64;

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts || client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        buffer.IsShared = true;
        return await client.ErrnoAsync(new ModeCursor(CursorFlags.Bo, facts.Crtc(Crtc), 0, 0, Side, Side, buffer.Handle));
    }
}

/// <param name="Hot">The hotspot, in both directions.</param>
internal sealed record SetCursor2Call(int Crtc, int Slot, int Hot) : WorkloadCall
{
    private const uint Side = 64;

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts || client.Buffers.At(Slot) is not { } buffer)
            return Errno.EAGAIN;
        buffer.IsShared = true;
        return await client.ErrnoAsync(
            new ModeCursor2(CursorFlags.Bo | CursorFlags.Move, facts.Crtc(Crtc), Hot, Hot, Side, Side, buffer.Handle, Hot, Hot));
    }
}

internal sealed record MoveCursorCall(int Crtc, int X, int Y) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts
            ? await client.ErrnoAsync(new ModeCursor(CursorFlags.Move, facts.Crtc(Crtc), X, Y, 0, 0, default))
            : Errno.EAGAIN;
}

internal sealed record HideCursorCall(int Crtc) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts
            ? await client.ErrnoAsync(new ModeCursor(CursorFlags.Bo, facts.Crtc(Crtc), 0, 0, 0, 0, default))
            : Errno.EAGAIN;
}

/// <summary>GETCONNECTOR; the master's call with <paramref name="Probe"/> looks for the monitor.</summary>
internal sealed record ProbeCall(int Connector, bool Probe) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts ? await client.ErrnoAsync(new ModeGetConnector(facts.Connector(Connector), Probe)) : Errno.EAGAIN;
}

internal sealed record GetResourcesCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new ModeGetResources());
}
