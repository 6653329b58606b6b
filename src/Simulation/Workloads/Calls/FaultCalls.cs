using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>The client is killed in the middle of a call.</summary>
internal sealed record KillCall(WorkloadCall Beside) : WorkloadCall
{
    private const int Vblanks = 2;
    private static readonly Func<Seed, WorkloadCall>[] Parts =
    [
        _ => new CreateDumbCall(64, 64, 32),
        s => new MapCall(Slots.Draw(s)),
        s => new FlinkCall(Slots.Draw(s)),
        s => new AddFbCall(Slots.Draw(s)),
        s => new ShowCall(Slots.Draw(s), Slots.Draw(s), 0),
        PageFlipCall.Draw,
        s => new SetCursorCall(Slots.Draw(s), Slots.Draw(s)),
        _ => new WaitVblankCall(0, Vblanks, Absolute: false),
        s => new GemCloseCall(Slots.Draw(s)),
    ];

    public static KillCall Draw(Seed seed) => new(Parts[seed.Below(Parts.Length)](seed));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        client.IsConcurrent = true;
        var beside = Beside.RunAsync(client);
        var errno = await client.DieAsync(crash: false);
        await beside;
        client.IsConcurrent = false;
        // What came back after the death is nobody's.
        client.ForgetHoldings();
        if (errno != Errno.EBADF)
            client.Board.Faults.Add("kill");
        return errno;
    }
}

/// <summary>The board is pulled out and plugged in again.</summary>
/// <param name="Frames">How long it is out, at 60 Hz.</param>
internal sealed record UnplugCall(int Frames) : WorkloadCall
{
    public static UnplugCall Draw(Seed seed) => new(seed.Below(3));

    public override Task<Errno> RunAsync(WorkloadClient client) => BoardFaults.UnplugAsync(client, Frames);
}

/// <summary>A monitor is pulled out and plugged in again.</summary>
/// <param name="Frames">As <see cref="UnplugCall"/>.</param>
internal sealed record HotplugCall(int Connector, int Frames) : WorkloadCall
{
    public static HotplugCall Draw(Seed seed) => new(Slots.Draw(seed), seed.Below(3));

    public override Task<Errno> RunAsync(WorkloadClient client) => BoardFaults.HotplugAsync(client, Connector, Frames);
}

/// <summary>A monitor behind a hub comes, and with it its connector; and goes again, lit or not.</summary>
/// <param name="Parent">Where the hub is.</param>
internal sealed record PortCall(int Parent, int Frames) : WorkloadCall
{
    public static PortCall Draw(Seed seed) => new(Slots.Draw(seed), seed.Below(6));

    public override Task<Errno> RunAsync(WorkloadClient client) => BoardFaults.PortAsync(client, Parent, Frames);
}

/// <summary>Which actor of a card crashes.</summary>
internal enum ActorKind
{
    File,
    Object,
    Memory,
    Device,
    Crtc,
    Connector,
    Master,
    Aperture,
    Supervisor,
}

/// <summary>An actor crashes. Where that ends the board it is plugged in again.</summary>
internal sealed record CrashCall(ActorKind Actor, int Slot) : WorkloadCall
{
    /// <summary>As they are called in fault files.</summary>
    public static readonly IReadOnlyDictionary<string, ActorKind> Words =
        Enum.GetValues<ActorKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static CrashCall Draw(Seed seed) => new((ActorKind)seed.Below(Words.Count), Slots.Draw(seed));

    public override Task<Errno> RunAsync(WorkloadClient client) => BoardFaults.CrashAsync(client, Actor, Slot);
}

/// <summary>An ioctl of anybody is made to fail.</summary>
/// <param name="Ioctl">Its name without DRM_IOCTL_.</param>
internal sealed record FailIoctlCall(string Ioctl, Errno Errno, int Nth, int Times, double Probability, int Seed) : WorkloadCall
{
    public static FailIoctlCall Draw(Seed seed) => new("MODE_CREATE_DUMB", Errno.ENOMEM, 1 + seed.Below(3), 1, 1, 0);

    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        // One that a file of another version names is none.
        if (IoctlTable.RowNamed(Ioctl) is not { } row)
            return Task.FromResult(Errno.EINVAL);
        client.Host.FailIoctl(new IoctlFault(row, Errno) { Nth = Nth, Times = Times, Probability = Probability, Seed = Seed });
        return Task.FromResult(Errno.None);
    }
}
