using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Tests;

/// <summary>A client, and the person in front of its screen, who do a little of everything with a card.</summary>
/// <param name="mayFail">Whether a call may be refused now; else the refusal goes on to the caller.</param>
internal sealed class CrashClient(DrmHost host, int minor, Func<bool> mayFail)
{
    private const uint CursorSize = 64;
    private const int Events = 1024;

    /// <summary>Again and again, if need be.</summary>
    public async Task WorkAsync()
    {
        try
        {
            await ShowAsync();
        }
        catch (DrmException) when (mayFail())
        {
        }
    }

    private async Task ShowAsync()
    {
        await using var card = await host.OpenAsync(minor);
        var resources = await card.GetResourcesAsync();
        var (crtc, socket) = (resources.Crtcs[0], resources.Connectors[0]);
        var monitor = await card.GetConnectorAsync(socket);
        var mode = Tiny(monitor.Modes[0]);
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        using var mapping = await buffer.MapAsync();
        var framebuffer = await card.AddFbAsync(buffer);
        await card.SetCrtcAsync(crtc, framebuffer, socket, mode);
        await FlipAsync(card, crtc, framebuffer);
        await WaitAsync(card, crtc);
        await ShareAsync(card, buffer, framebuffer);
        await PassAsync(card, buffer);
        await DecorateAsync(card, crtc, socket, framebuffer);
        await LendAsync(card, crtc, socket, framebuffer);
        await WriteBackAsync(card, crtc, mode);
        await LookAsync(crtc, socket);
        await DockAsync(card, socket);
        await KillAsync(framebuffer);
        await LeaveAsync(card, crtc, framebuffer);
    }

    // Runs are many, so pictures are small: 64x64, 60 times a second.
    private static ModeInfo Tiny(ModeInfo mode) => mode with
    {
        Clock = 384,
        HDisplay = 64,
        HSyncStart = 66,
        HSyncEnd = 68,
        HTotal = 80,
        VDisplay = 64,
        VSyncStart = 66,
        VSyncEnd = 68,
        VTotal = 80,
    };

    // Calls that wait for each other.
    private static async Task FlipAsync(DrmCard card, CrtcId crtc, FramebufferId framebuffer)
    {
        var flip = card.PageFlipAsync(crtc, framebuffer);
        var refused = card.CallAsync(new ModePageFlip(crtc, framebuffer, PageFlipFlags.Event));
        var dirty = card.CallAsync(new ModeDirtyFb(framebuffer, DirtyFlags.None, 0, []));
        var shown = card.NextEventAsync();
        await Task.WhenAll(flip, refused, dirty, shown);
    }

    private static async Task WaitAsync(DrmCard card, CrtcId crtc)
    {
        var coming = card.NextEventAsync();
        await card.RequestVblankEventAsync(VblankTarget.Next);
        await Task.WhenAll(card.WaitVblankAsync(VblankTarget.Relative(2)), coming);
        await RequireAsync(card, new CrtcGetSequence(crtc));
        await RequireAsync(card, new CrtcQueueSequence(crtc, SequenceFlags.Relative, 1));
        await card.NextEventAsync();
    }

    // With a file that is closed while its calls wait, and whose mapping keeps it.
    private async Task ShareAsync(DrmCard card, DrmBuffer buffer, FramebufferId framebuffer)
    {
        await using var other = await host.OpenAsync(minor);
        await card.AuthMagicAsync(await other.GetMagicAsync());
        var named = await RequireAsync(card, new GemFlink(buffer.Handle));
        var opened = await RequireAsync(other, new GemOpen(named.Name));
        var shown = await RequireAsync(other, new ModeGetFb(framebuffer));
        await other.GemCloseAsync(shown.Handle);
        using var mapping = await other.MapAsync(opened.Handle, opened.Size);
        var reading = other.CallAsync(new ReadEvents(Events, NonBlocking: false));
        var waiting = other.CallAsync(new WaitVblank(VblankFlags.Relative, 2));
        await other.DisposeAsync();
        await Task.WhenAll(reading, waiting);
    }

    // As a dma-buf to another file, which closes its handle, and to one that keeps it to its end.
    private async Task PassAsync(DrmCard card, DrmBuffer buffer)
    {
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);
        try
        {
            await using var other = await host.OpenAsync(minor);
            await using var last = await host.OpenAsync(minor);
            await other.GemCloseAsync(await other.PrimeFdToHandleAsync(descriptor));
            var handle = await last.PrimeFdToHandleAsync(descriptor);
            using var mapping = host.Mmap(descriptor, 0, buffer.Size);
            host.Close(await last.PrimeHandleToFdAsync(handle));
            await host.CallAsync(descriptor, new DmaBufSync(DmaBufSyncFlags.Read));
        }
        finally
        {
            host.Close(descriptor);
        }
    }

    // A signal that nobody waits for, then a killed client.
    private async Task KillAsync(FramebufferId framebuffer)
    {
        await using var other = await host.OpenAsync(minor);
        await RequireAsync(other, new ModeGetFb(framebuffer));
        other.File.Tell(InterruptCall.Instance);
        var waiting = other.CallAsync(new WaitVblank(VblankFlags.Relative, 2));
        var reading = other.CallAsync(new ReadEvents(Events, NonBlocking: false));
        other.File.Tell(PoisonPill.Instance);
        await Task.WhenAll(waiting, reading);
    }

    // What a card lacks it refuses.
    private static async Task DecorateAsync(DrmCard card, CrtcId crtc, ConnectorId socket, FramebufferId framebuffer)
    {
        await using var pointer = await card.CreateDumbAsync(CursorSize, CursorSize);
        await card.CallAsync(new ModeCursor2(CursorFlags.Bo | CursorFlags.Move, crtc, 5, 5, CursorSize, CursorSize, pointer.Handle));
        await card.CallAsync(new ModeCursor(CursorFlags.Move, crtc, 6, 6, 0, 0, default));
        await card.CallAsync(new ModeCursor(CursorFlags.Bo, crtc, 0, 0, 0, 0, default));
        var size = (await card.GetCrtcAsync(crtc)).GammaSize;
        if (size > 0)
            await card.SetGammaAsync(crtc, await card.GetGammaAsync(crtc, size));
        const uint Source = CursorSize << 16;
        foreach (var plane in (await RequireAsync(card, new ModeGetPlaneResources())).Planes.Take(1))
        {
            await card.CallAsync(new ModeSetPlane(plane, crtc, framebuffer, 0, 0, CursorSize, CursorSize, 0, 0, Source, Source));
            await card.CallAsync(new ModeSetPlane(plane, crtc, default, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        await SwitchOffAsync(card, socket);
        var blob = await RequireAsync(card, new ModeCreatePropBlob([1]));
        await RequireAsync(card, new ModeDestroyPropBlob(blob.Blob));
    }

    // And on again. Whoever waits for a vblank meanwhile is woken.
    private static async Task SwitchOffAsync(DrmCard card, ConnectorId socket)
    {
        const ulong On = 0, Off = 3;
        foreach (var (property, _) in (await RequireAsync(card, new ModeObjGetProperties(socket.Value, ObjectType.Connector))).Properties)
        {
            if ((await RequireAsync(card, new ModeGetProperty(property))).Name != "DPMS")
                continue;
            var waiting = card.CallAsync(new WaitVblank(VblankFlags.Relative, 10));
            await RequireAsync(card, new ModeSetProperty(socket, property, Off));
            await waiting;
            await RequireAsync(card, new ModeObjSetProperty(socket.Value, ObjectType.Connector, property, On));
        }
    }

    // To one who flips, is revoked, and goes; and to one who is gone before.
    private static async Task LendAsync(DrmCard card, CrtcId crtc, ConnectorId socket, FramebufferId framebuffer)
    {
        await RequireAsync(card, new SetClientCap(ClientCapability.UniversalPlanes, 1));
        var plane = (await RequireAsync(card, new ModeGetPlaneResources())).Planes[0];
        uint[] lent = [crtc.Value, socket.Value, plane.Value];
        await using (var lessee = (await card.LeaseAsync(lent)).Card)
        {
            await lessee.GetCrtcAsync(crtc);
            await lessee.CallAsync(new ModePageFlip(crtc, framebuffer, PageFlipFlags.None));
            foreach (var id in await card.ListLesseesAsync())
                await card.RevokeLeaseAsync(id);
            await lessee.CallAsync(new ModeGetCrtc(crtc));
        }

        await (await card.LeaseAsync(lent)).Card.DisposeAsync();
    }

    // Where there is a connector for it.
    private static async Task WriteBackAsync(DrmCard card, CrtcId crtc, ModeInfo mode)
    {
        await RequireAsync(card, new SetClientCap(ClientCapability.Atomic, 1));
        await RequireAsync(card, new SetClientCap(ClientCapability.WritebackConnectors, 1));
        foreach (var connector in (await card.GetResourcesAsync()).Connectors)
        {
            if ((await card.GetConnectorAsync(connector)).Type != ConnectorType.Writeback)
                continue;
            var target = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
            var set = new List<PropertyValue>();
            foreach (var (property, _) in (await RequireAsync(card, new ModeObjGetProperties(connector.Value, ObjectType.Connector))).Properties)
                if ((await RequireAsync(card, new ModeGetProperty(property))).Name is ("CRTC_ID" or "WRITEBACK_FB_ID") and var name)
                    set.Add(new PropertyValue(property, name == "CRTC_ID" ? crtc.Value : target.Value));
            await RequireAsync(card, new ModeAtomic(AtomicFlags.AllowModeset, [new AtomicObject(connector.Value, [.. set])]));
            await card.CloseFbAsync(target);
        }
    }

    // A connector behind a hub comes, is looked at, and goes.
    private async Task DockAsync(DrmCard card, ConnectorId socket)
    {
        var port = await host.AddConnectorAsync(minor, socket, ReadOnlyMemory<byte>.Empty);
        await card.GetConnectorAsync(port);
        await host.SetLinkAsync(minor, socket, isBad: true);
        await host.SetLinkAsync(minor, socket, isBad: false);
        await host.RemoveConnectorAsync(minor, port);
    }

    private async Task LookAsync(CrtcId crtc, ConnectorId socket)
    {
        var next = host.NextFrameAsync(minor, crtc);
        await host.UnplugAsync(minor, socket);
        await host.PlugAsync(minor, socket, ReadOnlyMemory<byte>.Empty);
        await next;
        await RequireAsync(new ViewCard(minor));
        await RequireAsync(new ForceConnector(minor, socket, ConnectorForce.Off));
        await RequireAsync(new ForceConnector(minor, socket, ConnectorForce.Unspecified));
        using var seen = await host.CaptureAsync(minor, crtc);
        using var last = await host.LastPictureAsync(minor);
    }

    private static async Task LeaveAsync(DrmCard card, CrtcId crtc, FramebufferId framebuffer)
    {
        await card.SetInterfaceVersionAsync(new SetVersion(1, 4, -1, 0));
        await card.DropMasterAsync();
        await card.SetMasterAsync();
        var flip = card.PageFlipAsync(crtc, framebuffer, PageFlipFlags.None);
        var remove = card.RmFbAsync(framebuffer);
        var waiting = card.CallAsync(new WaitVblank(VblankFlags.Relative, 10));
        await Task.WhenAll(flip, remove, waiting);
    }

    /// <summary>Leaves a file open that nobody closes, and pulls the board out under it.</summary>
    public async Task AbandonAsync(string board)
    {
        try
        {
            await RequireAsync(new OpenCard(minor, new Credentials(1, 0)));
            await host.UnplugBoardAsync(board);
        }
        catch (DrmException) when (mayFail())
        {
        }
    }

    private async Task<T> RequireAsync<T>(IIoctl<T> call)
        where T : class
    {
        var reply = await host.AskAsync(host.Supervisor, call);
        return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, call);
    }

    private static async Task<T> RequireAsync<T>(DrmCard card, IIoctl<T> call)
        where T : class
    {
        var reply = await card.CallAsync(call);
        return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, call);
    }
}
