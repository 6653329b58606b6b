using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>What a person with a screwdriver does to the board of a run: boards and monitors out and in again, actors that crash.</summary>
internal static class BoardFaults
{
    private const int MostTries = 5000;
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1) / 60;

    public static async Task<Errno> UnplugAsync(WorkloadClient client, int frames)
    {
        if (await ViewAsync(client) is not { } view)
            return Errno.ENODEV;
        var fault = client.BeginFault(view, "unplug", losesObjects: false);
        var errno = Errno.None;
        try
        {
            await client.Host.UnplugBoardAsync(client.Board.Name);
            client.Board.Faults.Add("unplug");
            await Task.Delay(frames * Frame, client.Host.Clock);
            await ComeBackAsync(client, view);
        }
        catch (DrmException refused)
        {
            // Somebody else has done it.
            errno = refused.Errno;
        }

        client.EndFault(fault, errno);
        return errno;
    }

    public static async Task<Errno> HotplugAsync(WorkloadClient client, int connector, int frames)
    {
        if (await ViewAsync(client) is not { HasState: true, State.Config.Connectors.IsEmpty: false } view)
            return Errno.ENODEV;
        var connectors = view.State.Config.Connectors;
        var id = connectors[(int)((uint)connector % (uint)connectors.Length)].Id;
        var fault = client.BeginFault(view, "hotplug", losesObjects: false);
        var pulled = await client.Host.AskAsync(client.Host.Supervisor, new ForceConnector(view.Minor, id, ConnectorForce.Off));
        await Task.Delay(frames * Frame, client.Host.Clock);
        var plugged = await client.Host.AskAsync(client.Host.Supervisor, new ForceConnector(view.Minor, id, ConnectorForce.Unspecified));
        var errno = pulled.Ok ? plugged.Errno : pulled.Errno;
        if (errno == Errno.None)
            client.Board.Faults.Add("hotplug");
        client.EndFault(fault, errno);
        return errno;
    }

    public static async Task<Errno> PortAsync(WorkloadClient client, int parent, int frames)
    {
        if (await ViewAsync(client) is not { HasState: true, State.Config.Connectors.IsEmpty: false } view)
            return Errno.ENODEV;
        var connectors = view.State.Config.Connectors;
        var id = connectors[(int)((uint)parent % (uint)connectors.Length)].Id;
        var fault = client.BeginFault(view, "port", losesObjects: false);
        var added = await client.Host.AskAsync(client.Host.Supervisor, new AddPort(view.Minor, id, new PlugMonitor(ConnectorStatus.Connected, [])));
        var errno = added.Errno;
        if (added.Value is { Connector: var port })
        {
            await ShowOnAsync(client, port);
            await Task.Delay(frames * Frame, client.Host.Clock);
            errno = (await client.Host.AskAsync(client.Host.Supervisor, new RemovePort(view.Minor, port))).Errno;
        }

        if (errno == Errno.None)
            client.Board.Faults.Add("port");
        client.EndFault(fault, errno);
        return errno;
    }

    // As far as this client may: what it shows stays there until somebody shows something else.
    private static async Task ShowOnAsync(WorkloadClient client, ConnectorId port)
    {
        if (client.Facts is not { } facts || client.Framebuffers.At(0) is not { } framebuffer)
            return;
        var found = await client.CallAsync(new ModeGetConnector(port));
        if (found.Value?.Modes.FirstOrDefault(m => m.HDisplay <= framebuffer.Width && m.VDisplay <= framebuffer.Height) is { } mode)
            await client.ErrnoAsync(new ModeSetCrtc(facts.Crtc(0), framebuffer.Id, 0, 0, [port], mode));
    }

    public static async Task<Errno> CrashAsync(WorkloadClient client, ActorKind kind, int slot)
    {
        var errno = kind == ActorKind.File ? await client.DieAsync(crash: true) : await CrashPartAsync(client, kind, slot);
        // A file that crashed leaves the answer of the dead.
        if (kind == ActorKind.File ? errno != Errno.EBADF : errno == Errno.EIO)
            client.Board.Faults.Add(FaultCounts.NameOf(kind));
        return errno;
    }

    /// <summary>Plugs in what is out, until it is up: somebody may be doing so, and what comes up may be made to fail as well.</summary>
    private static async Task ComeBackAsync(WorkloadClient client, DeviceView gone)
    {
        for (var i = 0; client.Board.WaitsForClose && i < MostTries && !await IsReleasedAsync(client.Host, gone); i++)
            await client.Board.PauseAsync(client.Host.Clock);
        if (!await PlugInAsync(client.Host, () => client.Board.PauseAsync(client.Host.Clock)))
            throw new InvariantException(new BoardsComeBack(), client.Index, client.Errnos.Count, $"{client.Board.Name} does not");
    }

    /// <summary>All boards that are out.</summary>
    /// <param name="pause">Between two tries.</param>
    /// <returns>Whether all are up.</returns>
    public static async Task<bool> PlugInAsync(DrmHost host, Func<Task> pause)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var areUp = true;
            foreach (var board in host.BoardNames)
                areUp &= await IsUpAsync(host, board);
            if (areUp)
                return true;
            await pause();
        }

        return false;
    }

    private static async Task<bool> IsReleasedAsync(DrmHost host, DeviceView device) => (await host.AskAsync(device.Gem, new ListObjects())).Value is null;

    private static async Task<bool> IsUpAsync(DrmHost host, string name)
    {
        if (host.Boards.FirstOrDefault(b => b.Name == name) is { } board && await ViewAsync(host, board.Minor) is { Gone: false })
            return true;
        try
        {
            await host.PlugBoardAsync(name);
            return true;
        }
        catch (DrmBootException)
        {
            return false;
        }
    }

    private static async Task<Errno> CrashPartAsync(WorkloadClient client, ActorKind kind, int slot)
    {
        if (await ViewAsync(client) is not { HasState: true } view || await PathAsync(client, view, kind, slot) is not { } path)
            return Errno.EAGAIN;
        var fault = client.BeginFault(view, $"crash of {kind}", losesObjects: true, ofAll: kind is ActorKind.Supervisor or ActorKind.Aperture);
        await NoteAsync(client, view);
        var errno = await client.Host.CrashAsync(path);
        await NoteAsync(client, view);
        var isGone = errno == Errno.EIO && kind != ActorKind.Object;
        for (var i = 0; isGone && !view.Gone && i < MostTries; i++)
            await client.Board.PauseAsync(client.Host.Clock);
        // What comes up from here on loses nothing by it.
        client.EndFault(fault, errno);
        if (isGone)
            await ComeBackAsync(client, view);
        return errno;
    }

    // By the time of the crash the board may be another device, and the card another board's, with actors at the same paths.
    private static async Task NoteAsync(WorkloadClient client, DeviceView view)
    {
        foreach (var now in (DeviceView?[])[await ViewAsync(client), await ViewAsync(client.Host, view.Minor)])
            if (now is not null && now != view)
                client.NoteHit(now);
    }

    // Below /user/drm. Null where there is nothing of that kind.
    private static async Task<string?> PathAsync(WorkloadClient client, DeviceView view, ActorKind kind, int slot)
    {
        var master = $"master-{client.Board.Name}";
        switch (kind)
        {
            case ActorKind.Object:
                var objects = (await client.Host.AskAsync(view.Gem, new ListObjects())).Value?.Objects ?? [];
                return objects.IsEmpty ? null : PathOf(objects[(int)((uint)slot % (uint)objects.Length)].Object);
            case ActorKind.Memory:
                return PathOf(view.Gem);
            case ActorKind.Device:
                return PathOf(view.Device);
            case ActorKind.Crtc:
                return view.Pipes.IsEmpty ? null : PathOf(view.Pipes[(int)((uint)slot % (uint)view.Pipes.Length)]);
            case ActorKind.Connector:
                var outputs = client.Host.OutputsOf(client.Board.Name);
                return outputs.IsEmpty ? null : $"{master}/{outputs[(int)((uint)slot % (uint)outputs.Length)]}";
            case ActorKind.Master:
                return master;
            case ActorKind.Aperture:
                return "aperture";
            default:
                return "";
        }
    }

    private static string PathOf(Akka.Actor.IActorRef actor)
    {
        const string Root = "/user/drm/";
        var path = actor.Path.ToStringWithoutAddress();
        return path[(path.IndexOf(Root, StringComparison.Ordinal) + Root.Length)..];
    }

    private static async Task<DeviceView?> ViewAsync(WorkloadClient client) =>
        client.Host.Boards.FirstOrDefault(b => b.Name == client.Board.Name) is { } board ? await ViewAsync(client.Host, board.Minor) : null;

    private static async Task<DeviceView?> ViewAsync(DrmHost host, int minor) =>
        (await host.AskAsync(host.Supervisor, new ViewCard(minor))).Value?.View;
}
