namespace DrmActors.Actors.Protocol;

/// <summary>In place of a message: the actor crashes over it, before it has looked at it. Fault injection sends these, nobody else.</summary>
internal sealed record InjectedCrash(object Message)
{
    /// <summary>The message that an actor has crashed over, injected or not.</summary>
    public static object Unwrap(object message) => message is InjectedCrash crash ? crash.Message : message;
}

/// <summary>What an injected crash throws.</summary>
internal sealed class InjectedCrashException(object message) : Exception($"crashed over {message.GetType().Name}, as was asked");
