using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// Lets the served files follow the cards (/user/bridge-news): boards that are pulled out and put in, connectors that come and go. Who listens for
/// uevents hears of it when the files are so, one after the other as it happened.
/// </summary>
internal sealed class CardNews : DrmActor
{
    private readonly BridgeCore _core;
    private readonly Queue<Uevent> _looking = new();
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
            case Uevent uevent:
                _looking.Enqueue(uevent);
                _core.Host.Supervisor.Tell(new ViewCard(uevent.Minor), Self);
                break;
            case Reply<CardView> seen:
                var next = _looking.Dequeue();
                _core.Reader.Post(() => Show(next, seen.Value));
                break;
            case Flush flush:
                _waiting.Add(flush.Then);
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

    // The reader thread's. A card that is gone again has no view, and its removal comes next.
    private void Show(Uevent uevent, CardView? view)
    {
        var (files, minor) = (_core.Files, uevent.Minor);
        switch (uevent.Action)
        {
            case UeventAction.Add when view is not null:
                files.Add(_core.Host, minor, view);
                break;
            case UeventAction.Remove:
                files.Remove(minor);
                break;
            case UeventAction.Change:
                // Connectors that came or went.
                if (uevent is { Hotplug: true, Connector.IsNone: true } && view is not null)
                    files.Update(_core.Host, minor, view);
                files.Change(minor, [.. VariablesOf(uevent)]);
                break;
            default:
                break;
        }
    }

    private static IEnumerable<(string Name, string Value)> VariablesOf(Uevent uevent)
    {
        if (uevent.Hotplug)
            yield return ("HOTPLUG", "1");
        if (uevent.Lease)
            yield return ("LEASE", "1");
        if (!uevent.Connector.IsNone)
            yield return ("CONNECTOR", $"{uevent.Connector.Value}");
        if (!uevent.Property.IsNone)
            yield return ("PROPERTY", $"{uevent.Property.Value}");
    }

    /// <summary>Something to do on the reader thread when the files are those of everything that has happened until now.</summary>
    internal sealed record Flush(Action Then);
}
