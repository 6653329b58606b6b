using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>Lets the served files follow the cards (/user/bridge-news): boards that are pulled out and put in, connectors that come and go.</summary>
internal sealed class CardNews : DrmActor
{
    private readonly BridgeCore _core;
    private readonly Queue<(int Minor, bool IsNew)> _looking = new();
    private readonly List<Action> _waiting = [];

    private CardNews(BridgeCore core) => _core = core;

    public static IActorRef Start(BridgeCore core)
    {
        var news = core.Host.System.ActorOf(ActorProps.Of(() => new CardNews(core)));
        core.Host.System.EventStream.Subscribe(news, typeof(Uevent));
        return news;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Uevent { Action: UeventAction.Remove } gone:
                _core.Reader.Post(() => _core.Files.Remove(gone.Minor));
                break;
            case Uevent { Action: UeventAction.Add } added:
                Look(added.Minor, isNew: true);
                break;
            case Uevent { Hotplug: true, Connector.IsNone: true } changed:
                Look(changed.Minor, isNew: false);
                break;
            case Reply<CardView> seen:
                Show(_looking.Dequeue(), seen.Value);
                break;
            case Flush flush:
                _waiting.Add(flush.Then);
                break;
            case Uevent:
                break;
            default:
                Unhandled(message);
                break;
        }

        if (_looking.Count > 0)
            return;
        foreach (var then in _waiting)
            _core.Reader.Post(then);
        _waiting.Clear();
    }

    private void Look(int minor, bool isNew)
    {
        _looking.Enqueue((minor, isNew));
        _core.Host.Supervisor.Tell(new ViewCard(minor), Self);
    }

    private void Show((int Minor, bool IsNew) card, CardView? view)
    {
        if (view is null)
            return;
        _core.Reader.Post(() =>
        {
            if (card.IsNew)
                _core.Files.Add(_core.Host, card.Minor, view);
            else
                _core.Files.Update(_core.Host, card.Minor, view);
        });
    }

    /// <summary>Something to do on the reader thread when the files are those of everything that has happened until now.</summary>
    internal sealed record Flush(Action Then);
}
