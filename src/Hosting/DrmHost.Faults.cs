using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// What goes wrong, when somebody asks for it.
public sealed partial class DrmHost
{
    /// <summary>What is made to fail.</summary>
    internal IoctlFaults Faults => _faults;

    /// <summary>Makes an ioctl fail. Of a call that fails so nothing is carried out.</summary>
    /// <exception cref="ArgumentException">An errno of None, or numbers that mean nothing.</exception>
    public void FailIoctl(IoctlFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Errno == Errno.None || fault.Nth < 1 || fault.Times < 0 || fault.Probability is not (>= 0 and <= 1))
            throw new ArgumentException($"no such fault: {fault}", nameof(fault));
        _faults.Add(fault);
    }

    /// <summary>No ioctl is made to fail any more.</summary>
    public void ClearIoctlFaults() => _faults.Clear();

    /// <summary>Makes commits fail that nothing else refuses (SETCRTC, PAGE_FLIP, ATOMIC and others; no tests), so that they change nothing.</summary>
    /// <param name="nth">The first that fails, 1 for the next.</param>
    /// <param name="times">How many fail from there on.</param>
    /// <exception cref="DrmException">ENODEV: no such card.</exception>
    public Task FailCommitsAsync(int minor, Errno errno, int nth = 1, int times = 1, CancellationToken cancellationToken = default)
    {
        if (errno == Errno.None || nth < 1 || times < 1)
            throw new ArgumentException($"no such fault: {errno}, from commit {nth} on {times} times");
        return _supervisor.RequireAsync(new FailCommits(minor, errno, nth, times), cancellationToken);
    }

    /// <summary>The next flips of a CRTC never complete: nobody gets their events. After ten seconds it takes commits again, as with a kernel.</summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such CRTC.</exception>
    public Task HoldFlipsAsync(int minor, CrtcId crtc, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _supervisor.RequireAsync(new HoldFlips(minor, crtc, count), cancellationToken);
    }

    /// <summary>The next vblank interrupt of a CRTC comes late. What it tells, counts and time stamps, is of the vblank itself.</summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such CRTC.</exception>
    public Task DelayVblankAsync(int minor, CrtcId crtc, TimeSpan late, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(late, TimeSpan.Zero);
        return _supervisor.RequireAsync(new DelayVblank(minor, crtc, late.Ticks * TimeSpan.NanosecondsPerTick), cancellationToken);
    }

    /// <summary>Pulls a monitor out in the middle of its CRTC's next flip: after the commit was accepted and before it is on the screen.</summary>
    /// <exception cref="DrmException">ENODEV: no such card. ENOENT: no such connector.</exception>
    public Task UnplugAtFlipAsync(int minor, ConnectorId connector, CancellationToken cancellationToken = default) =>
        _supervisor.RequireAsync(new VanishAtFlip(minor, connector), cancellationToken);

    /// <summary>
    /// Pulls a board out: its card is gone, and open files find ENODEV. When this is over it can be plugged in again, as another card while files are
    /// open on this one.
    /// </summary>
    /// <exception cref="DrmException">ENODEV: no such board is up.</exception>
    public async Task UnplugBoardAsync(string board, CancellationToken cancellationToken = default)
    {
        await _supervisor.RequireAsync(new UnplugBoard(board), cancellationToken);
        // Somebody may have plugged it in again by now.
        lock (_lock)
            _boards.RemoveAll(b => b.Board.Name == board && b.View.Gone);
    }

    /// <summary>Plugs in a board of this host that was pulled out, or that a crash has ended.</summary>
    /// <exception cref="ArgumentException">The host has no such board.</exception>
    /// <exception cref="DrmBootException">EBUSY: it is up, or not quite gone. Else it did not come up.</exception>
    public async Task<DrmBoard> PlugBoardAsync(string board, CancellationToken cancellationToken = default)
    {
        var description = _descriptions.FirstOrDefault(b => b.Name == board)
            ?? throw new ArgumentException($"this host has no board '{board}'", nameof(board));
        return await AddAsync(description, await _supervisor.AskAsync<BoardBooted>(new BootBoard(description), cancellationToken), cancellationToken);
    }

    /// <summary>The boards of this host, up or not.</summary>
    internal IEnumerable<string> BoardNames => _descriptions.Select(b => b.Name);

    /// <summary>The board of a platform device with this driver, up or not; null for none.</summary>
    internal string? FindBoard(string driver, string device) => _descriptions.FirstOrDefault(b => b.Driver.Name == driver && b.Device == device)?.Name;

    /// <summary>The components of a board that have a connector.</summary>
    internal ImmutableArray<string> OutputsOf(string board) =>
        [.. _descriptions.Where(b => b.Name == board).SelectMany(b => b.Components).OfType<OutputDescription>().Select(c => c.Name)];

    /// <summary>Makes an actor crash.</summary>
    /// <param name="path">Below /user/drm, as card0/file-1; "" for the supervisor.</param>
    /// <returns>EIO: it has. ENODEV: there is none.</returns>
    internal async Task<Errno> CrashAsync(string path) =>
        (await _platform.AskAsync<Reply<Done>>(Supervisor, new InjectedCrash(CrashOnRequest.Instance, path), CancellationToken.None)).Errno;
}
