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
    protected override bool AroundReceive(Receive receive, object message)
    {
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
        catch (Exception)
        {
            if (CallAnswers.InPlaceOf(InjectedCrash.Unwrap(message), Sender, Errno.EIO) is ({ } waiting, { } answer))
                waiting.Tell(answer);
            throw;
        }
    }
}
