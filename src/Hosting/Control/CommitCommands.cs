using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

/// <summary>Makes commits fail: <see cref="DrmHost.FailCommitsAsync"/>.</summary>
/// <param name="Errno">EBUSY.</param>
public sealed record FailCommit(string Errno) : ControlCommand
{
    public int Card { get; init; }

    public int Nth { get; init; } = 1;

    public int Times { get; init; } = 1;

    public override async Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var errno = ErrnoWord.Parse(Errno);
        if (Nth < 1 || Times < 1)
            throw new ControlException($"nth, times: found {Nth}, {Times}; allowed: from 1");
        await host.FailCommitsAsync(Card, errno, Nth, Times);
        return "";
    }
}

/// <summary>A command about a CRTC, by its index.</summary>
public abstract record CrtcCommand(int Crtc) : ControlCommand
{
    public int Card { get; init; }

    /// <exception cref="ControlException">The card has no such CRTC.</exception>
    protected async Task<CrtcId> FindAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var crtcs = await host.CrtcsAsync(Card);
        return (uint)Crtc < (uint)crtcs.Length ? crtcs[Crtc] : throw new ControlException($"crtc: found {Crtc}; allowed: 0 to {crtcs.Length - 1}");
    }
}

/// <summary>Flips that never complete: <see cref="DrmHost.HoldFlipsAsync"/>.</summary>
public sealed record HoldFlip(int Crtc) : CrtcCommand(Crtc)
{
    public int Times { get; init; } = 1;

    public override async Task<string> RunAsync(DrmHost host)
    {
        if (Times < 1)
            throw new ControlException($"times: found {Times}; allowed: from 1");
        await host.HoldFlipsAsync(Card, await FindAsync(host), Times);
        return "";
    }
}

/// <summary>A vblank interrupt that comes late: <see cref="DrmHost.DelayVblankAsync"/>.</summary>
/// <param name="Milliseconds">How late.</param>
public sealed record LateVblank(int Crtc, double Milliseconds) : CrtcCommand(Crtc)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        if (Milliseconds is not (>= 0 and <= 3_600_000))
            throw new ControlException($"milliseconds: found {Milliseconds}; allowed: 0 to an hour");
        await host.DelayVblankAsync(Card, await FindAsync(host), TimeSpan.FromMilliseconds(Milliseconds));
        return "";
    }
}

/// <summary>A monitor that vanishes in the middle of a flip: <see cref="DrmHost.UnplugAtFlipAsync"/>.</summary>
public sealed record UnplugAtFlip(string Connector) : ConnectorCommand(Connector)
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        await host.UnplugAtFlipAsync(Card, await FindAsync(host));
        return "";
    }
}
