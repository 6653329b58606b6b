using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors;

/// <summary>
/// The base of every actor here, and the one hook for tracing, fault injection and metrics. It keeps the promise that every
/// call is answered: a handler that throws fails its own caller with EIO before the supervisor hears of it.
/// </summary>
internal abstract class DrmActor : UntypedActor
{
    /// <summary>
    /// What a trace shows of the actor: its state as names and what they are, so that what a message has changed stands beside it. What is as in the
    /// beginning is left out. From outside of the actor, between two messages.
    /// </summary>
    internal virtual IEnumerable<(string Name, object Value)> Facts() => [];

    protected override bool AroundReceive(Receive receive, object message)
    {
        var watched = message as Watched;
        if (watched is not null)
        {
            watched.Shown(this);
            message = watched.Message;
        }

        try
        {
            if (message is InjectedCrash { Below: not "" } below)
            {
                below.Pass(Context);
                return true;
            }

            if (message is InjectedCrash crash)
                throw new InjectedCrashException(crash.Message);
            return base.AroundReceive(receive, message);
        }
        catch (Exception e)
        {
            watched?.Failed(e);
            if (CallAnswers.InPlaceOf(InjectedCrash.Unwrap(message), Sender, Errno.EIO) is ({ } waiting, { } answer))
                waiting.Tell(answer);
            throw;
        }
    }
}
