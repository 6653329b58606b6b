using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

/// <summary>Makes an ioctl fail: <see cref="IoctlFault"/>.</summary>
/// <param name="Ioctl">DRM_IOCTL_MODE_ATOMIC, or MODE_ATOMIC.</param>
/// <param name="Errno">EBUSY.</param>
public sealed record FailCalls(string Ioctl, string Errno) : ControlCommand
{
    /// <summary>From which call on, from 1.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>0 for no end.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Of each call, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    public int Seed { get; init; }

    /// <summary>N of cardN; null for every card.</summary>
    public int? Card { get; init; }

    public override Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var row = IoctlTable.RowNamed(Ioctl) ?? throw new ControlException($"ioctl: found {Ioctl}; allowed: a name of drm.h, as DRM_IOCTL_MODE_SETCRTC");
        var errno = ErrnoWord.Parse(Errno);
        try
        {
            host.FailIoctl(new IoctlFault(row, errno) { Nth = Nth, Times = Times, Probability = Probability, Seed = Seed, Minor = Card });
        }
        catch (ArgumentException e)
        {
            throw new ControlException(e.Message);
        }

        return Task.FromResult("");
    }
}

/// <summary>No ioctl is made to fail any more.</summary>
public sealed record ClearFaults : ControlCommand
{
    public override Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        host.ClearIoctlFaults();
        return Task.FromResult("");
    }
}

/// <summary>Pulls a board out.</summary>
public sealed record PullBoard(string Board) : ControlCommand
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Boards.All(b => b.Name != Board))
            throw new ControlException($"board: found {Board}; allowed: {string.Join(", ", host.Boards.Select(b => b.Name))}");
        await host.UnplugBoardAsync(Board);
        return "";
    }
}

/// <summary>Puts in a board that was pulled out. Says which card it is.</summary>
public sealed record PutBoard(string Board) : ControlCommand
{
    public override async Task<string> RunAsync(DrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return $"card{(await host.PlugBoardAsync(Board)).Minor}\n";
        }
        catch (Exception e) when (e is ArgumentException or DrmBootException)
        {
            throw new ControlException($"board: {e.Message}");
        }
    }
}
