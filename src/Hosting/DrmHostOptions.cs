using DrmActors.Messages;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting;

/// <summary>What makes a host's time go on.</summary>
public enum TimeMode
{
    /// <summary>Vblanks come when a monitor would have them.</summary>
    Real,

    /// <summary>
    /// Time stands still while everybody works and else jumps to what is due next: as fast as the processor allows. Before a time-out of a second and more
    /// it gives whoever may bring what is waited for some milliseconds.
    /// </summary>
    Virtual,

    /// <summary>
    /// Time stands still until <see cref="DrmHost.AdvanceTime"/>. What waits for a vblank waits for that: setting a mode does, and so does closing
    /// the last card, which brings the console back. <see cref="DrmHost.ShutdownAsync"/> lets the time run.
    /// </summary>
    Manual,
}

/// <summary>What a host is made of. The defaults are those of <c>config/drm.conf</c>.</summary>
public sealed class DrmHostOptions
{
    /// <summary>
    /// Boards to switch on, in this order: a name (config/boards/NAME.conf) or a file. None for the one that the configuration names. A second
    /// one of a kind is called NAME.1, and its device likewise.
    /// </summary>
    public IList<string> Boards { get; } = [];

    /// <summary>Bytes of all buffers together; null for what the boards ask for.</summary>
    public long? ArenaSize { get; set; }

    /// <summary>Null for what the configuration says.</summary>
    public TimeMode? Time { get; set; }

    /// <summary>Monitors to plug in from the start: by the name of the component ("hdmi"), a file with the EDID's bytes.</summary>
    public IDictionary<string, string> Monitors { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the cards keep each screen's last picture of a client, for <see cref="DrmHost.LastPictureAsync"/>.</summary>
    public bool KeepLastPicture { get; set; }

    /// <summary>Null for no log.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Told of every step of every bind as it ends, in order and one at a time. It must not wait.</summary>
    public Action<BindStep>? OnBindStep { get; set; }

    /// <summary>Told of every uevent of every card, in order and one at a time. It must not wait.</summary>
    public Action<DrmUevent>? OnUevent { get; set; }

    /// <summary>
    /// Refuses what the board's hardware would do: asked last about every commit, TEST_ONLY ones and those of legacy calls alike, and its errno is
    /// the caller's; <see cref="Errno.None"/> lets the commit pass. It must be pure, as one commit may be asked about more than once, and must not
    /// wait: it runs where the check does. A commit that it throws at is refused with EIO.
    /// </summary>
    public Func<ProposedCommit, Errno>? RefuseCommit { get; set; }
}
