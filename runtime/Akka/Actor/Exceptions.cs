namespace Akka.Actor;

/// <summary>An actor could not be created; its supervisor decides with this as the cause.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message) : base(message)
    {
    }

    public ActorInitializationException(string message, Exception cause) : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef actor, string message, Exception cause = null) : base(message, cause) => Actor = actor;

    public IActorRef Actor { get; set; }

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>The old instance failed in its PreRestart.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
    : ActorInitializationException(
        actor, $"exception in PreRestart({cause?.GetType().ToString() ?? "null"}, {optionalMessage?.GetType().ToString() ?? "null"})", restartException)
{
    public Exception RestartException { get; } = restartException;

    public object OptionalMessage { get; } = optionalMessage;
}

/// <summary>The new instance failed in its constructor or PostRestart.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause)
{
    public Exception OriginalCause { get; } = originalCause;
}

public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message) : base(message)
    {
    }
}

/// <summary>A watched actor died and the watcher did not handle it.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message) : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

public class AskTimeoutException(string message) : AkkaException(message);

public class LoggerInitializationException : AkkaException
{
    public LoggerInitializationException()
    {
    }

    public LoggerInitializationException(string message) : base(message)
    {
    }

    public LoggerInitializationException(string message, Exception cause = null) : base(message, cause)
    {
    }
}

public class StashOverflowException(string message, Exception cause = null) : AkkaException(message, cause);

/// <summary>Nobody answers at a path.</summary>
public class ActorNotFoundException(string message, Exception cause = null) : AkkaException(message, cause);

/// <summary>A message that cannot be sent.</summary>
public class InvalidMessageException(string message) : AkkaException(message);

/// <summary>A stash was used outside of its rules.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);
