using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;

namespace DrmActors.Hosting.Internals;

/// <summary>Hands the steps of a bind to the host's callback (/user/bind-listener).</summary>
internal sealed class BindListener : DrmActor
{
    private readonly Action<BindStep> _callback;

    private BindListener(Action<BindStep> callback) => _callback = callback;

    public static Props Props(Action<BindStep> callback) => ActorProps.Of(() => new BindListener(callback));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BindProgress progress:
                _callback(new BindStep(progress.Board, progress.Number, progress.Name, progress.Errno));
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
