using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// Answers for the dead (/user/drm/dead-calls): a call that reaches nobody is answered with ENODEV, and so is one whose answer reaches nobody
/// that could have passed it on. No caller is left waiting.
/// </summary>
internal sealed class DeadCallAnswerer : DrmActor
{
    public static Props Props() => ActorProps.Of(() => new DeadCallAnswerer());

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        if (message is not DeadLetter dead)
            Unhandled(message);
        else if (AnswerTo(dead.Message, dead.Sender) is ({ } waiting, { } answer))
            waiting.Tell(answer, ActorRefs.NoSender);
    }

    // Each answer is no call itself, so that a dead caller's does not come around again.
    private static (IActorRef? Waiting, object? Answer) AnswerTo(object message, IActorRef sender) => message switch
    {
        IIoctl call => (sender, call.Fail(Errno.ENODEV)),
        FileCall file => (sender, file.Call.Fail(Errno.ENODEV)),
        VblankWait wait => (sender, Reply<VblankReply>.Failed(Errno.ENODEV)),
        FileClosing => (sender, Done.Ok),
        GetMapOffset => (sender, Reply<MapOffset>.Failed(Errno.ENODEV)),
        DropReference { Reply: { } reply } => (sender, reply),

        // The file that asked finishes the call, if it is there.
        CreateObject create => (sender, create.Call.Fail(Errno.ENODEV)),
        MapAt map => (sender, new ObjectMapped(Errno.ENODEV, null, map.MappingId, map.Call, map.Caller)),
        // An object that has just been freed is one that is not there.
        MapObject map => (sender, new ObjectMapped(Errno.EINVAL, null, map.MappingId, map.Call, map.Caller)),
        ObjectMapped mapped => (mapped.Caller, Reply<MmapRegion>.Failed(Errno.ENODEV)),
        _ => (null, null),
    };
}
