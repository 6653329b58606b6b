using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>In place of a message: the actor crashes over it, before it has looked at it. Fault injection sends these, nobody else.</summary>
/// <param name="Below">Whose crash it is: the path from the receiver down, "" for the receiver itself.</param>
internal sealed record InjectedCrash(object Message, string Below = "")
{
    /// <summary>The message that an actor has crashed over, injected or not, watched or not.</summary>
    public static object Unwrap(object message) => message switch
    {
        Watched watched => Unwrap(watched.Message),
        InjectedCrash crash => crash.Message,
        _ => message,
    };

    /// <summary>On to the child that leads there. Where there is none, whoever waits is told ENODEV.</summary>
    public void Pass(IActorContext context)
    {
        var end = Below.IndexOf('/');
        var (name, rest) = end < 0 ? (Below, "") : (Below[..end], Below[(end + 1)..]);
        if (context.Child(name) is { } child && !child.Equals(ActorRefs.Nobody))
            child.Forward(this with { Below = rest });
        else if (CallAnswers.InPlaceOf(Message, context.Sender, Errno.ENODEV) is ({ } waiting, { } answer))
            waiting.Tell(answer);
    }
}

/// <summary>What an injected crash throws.</summary>
internal sealed class InjectedCrashException(object message) : Exception($"crashed over {message.GetType().Name}, as was asked");

/// <summary>For crashes that are no message's: answered with EIO by the crash, and with ENODEV where nobody is.</summary>
internal sealed record CrashOnRequest : IIoctl<Done>
{
    public static readonly CrashOnRequest Instance = new();
}
