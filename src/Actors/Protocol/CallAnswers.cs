using Akka.Actor;
using Akka.Event;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>Who waits behind a message that nobody will handle, and what they are told in place of an answer.</summary>
internal static class CallAnswers
{
    /// <returns>Nulls where nobody waits. The answer is never a call itself, so one that reaches nobody either ends there.</returns>
    public static (IActorRef? Waiting, object? Answer) InPlaceOf(object message, IActorRef sender, Errno errno) => message switch
    {
        DeadLetter dead => InPlaceOf(dead.Message, dead.Sender, errno),
        InjectedCrash crash => InPlaceOf(crash.Message, sender, errno),
        IIoctl call => (sender, call.Fail(errno)),
        CommitAgain again => (sender, ((IIoctl)again.Call).Fail(errno)),
        FileCall file => (sender, file.Call.Fail(errno)),
        VblankWait wait => (sender, Reply<VblankReply>.Failed(errno)),
        SequenceRead => (sender, Reply<CrtcSequence>.Failed(errno)),
        SequenceWait => (sender, Reply<SequenceQueued>.Failed(errno)),
        GetMapOffset => (sender, Reply<MapOffset>.Failed(errno)),
        CreateObject create => (sender, create.Call.Fail(errno)),
        BootBoard => (sender, new BoardBooted(-1, errno, "the supervisor ended")),

        FinishTransfer transfer => (transfer.Caller, Reply<Done>.Failed(errno)),

        // Decided already, and only the way there is gone.
        CallAnswer answer => (answer.Caller, answer.Reply),
        FileNews { Answer: { } answer } => (answer.Caller, answer.Reply),
        Latched { News.Answer: { } answer } => (answer.Caller, answer.Reply),

        // What only gives back is done: whatever was held is gone with its holder.
        FileClosing => (sender, Done.Ok),
        DropReference { Reply: { } reply } => (sender, reply),
        ObjectFreed { Answer: { } answer } => (answer.Caller, answer.Reply),

        Flink or NameObject => (sender, Reply<GemNamed>.Failed(Errno.ENOENT)),
        OpenByName { Open: var open } => (sender, new HandleOpened(open.Handle, null, errno)),
        ImportObject import => (sender, new HandleOpened(import.Handle, null, errno)),
        OpenHandle open => (sender, new HandleOpened(open.Handle, null, Errno.ENOENT)),

        // The file that asked finishes the call, if it is there. An object that has just been freed is one that is not there.
        MapAt map => (sender, new ObjectMapped(errno, null, map.MappingId, map.Call, map.Caller)),
        MapObject map => (sender, new ObjectMapped(Errno.EINVAL, null, map.MappingId, map.Call, map.Caller)),
        ObjectMapped mapped => (mapped.Caller, Reply<MmapRegion>.Failed(errno)),
        _ => (null, null),
    };
}
