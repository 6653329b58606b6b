using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>A board that is switched on, as the supervisor keeps it, from the request to boot until nothing is left of it.</summary>
internal sealed class BoardEntry(BootBoard request, DrmDriver driver, IActorRef requester)
{
    private bool _isAnswered;

    public BootBoard Request { get; } = request;

    public DrmDriver Driver { get; } = driver;

    public string Name => Request.Board.Name;

    /// <summary>Null before it is started.</summary>
    public IActorRef? Master { get; set; }

    /// <summary>Nothing works for the board any more; only its cards may still go.</summary>
    public bool IsEnding { get; set; }

    /// <summary>What a boot that failed is answered with, once nothing is left of it.</summary>
    public BoardBooted? Failure { get; set; }

    /// <summary>Who waits for the board's end.</summary>
    public List<IActorRef> Unpluggers { get; } = [];

    /// <summary>Nothing of the board works any more.</summary>
    /// <param name="reason">For who still waits for the boot, unless it has failed.</param>
    public void End(BoardBooted reason)
    {
        Answer(Failure ?? reason);
        foreach (var unplugger in Unpluggers)
            unplugger.Tell(Done.Ok);
        Unpluggers.Clear();
    }

    /// <summary>Whoever asked for the boot hears of its end once.</summary>
    public void Answer(BoardBooted answer)
    {
        if (!_isAnswered)
            requester.Tell(answer);
        _isAnswered = true;
    }
}

/// <summary>A card, as the supervisor keeps it until its actor has ended.</summary>
/// <param name="renderMinor">0 for one without a render node.</param>
internal sealed class CardEntry(BoardEntry board, IActorRef device, int renderMinor)
{
    public int RenderMinor => renderMinor;

    public BoardEntry Board { get; } = board;

    public IActorRef Device { get; } = device;

    /// <summary>Can be opened now.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Could be opened once: files may be open on it, and keep it.</summary>
    public bool WasAnnounced { get; set; }

    /// <summary>Its master has unplugged it and let it go.</summary>
    public bool IsPut { get; set; }
}
