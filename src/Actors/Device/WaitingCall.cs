using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>A call that cannot go on yet.</summary>
/// <param name="Caller">Who may give it up; null for nobody.</param>
/// <param name="Retry">From its beginning.</param>
/// <param name="Fail">In place of that, where it is given up.</param>
internal sealed record WaitingCall(ulong File, IActorRef? Caller, Action Retry, Action<Errno>? Fail)
{
    /// <summary>Something that has to be done in any case.</summary>
    public WaitingCall(Action retry)
        : this(0, null, retry, null)
    {
    }
}
