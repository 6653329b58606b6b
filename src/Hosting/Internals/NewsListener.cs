using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;

namespace DrmActors.Hosting.Internals;

/// <summary>Hands what the boards tell of themselves to the host's callbacks (/user/news).</summary>
internal sealed class NewsListener : DrmActor
{
    private readonly Action<BindStep>? _onBindStep;
    private readonly Action<DrmUevent>? _onUevent;

    private NewsListener(DrmHostOptions options) => (_onBindStep, _onUevent) = (options.OnBindStep, options.OnUevent);

    /// <summary>Null where nobody wants to hear of anything.</summary>
    public static IActorRef? Start(ActorSystem system, DrmHostOptions options)
    {
        if (options is { OnBindStep: null, OnUevent: null })
            return null;
        var listener = system.ActorOf(ActorProps.Of(() => new NewsListener(options)), "news");
        system.EventStream.Subscribe(listener, typeof(BindProgress));
        system.EventStream.Subscribe(listener, typeof(Uevent));
        return listener;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BindProgress progress:
                _onBindStep?.Invoke(new BindStep(progress.Board, progress.Number, progress.Name, progress.Errno));
                break;
            case Uevent uevent:
                _onUevent?.Invoke(new DrmUevent(
                    (UeventAction)uevent.Action, uevent.Minor, uevent.Hotplug, uevent.Lease, uevent.Connector, uevent.Property));
                break;
            case Flush:
                Sender.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Answered when everything before it was handed on.</summary>
    internal sealed record Flush
    {
        public static readonly Flush Instance = new();
    }
}
