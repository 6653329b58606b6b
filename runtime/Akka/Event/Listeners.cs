using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>Logs the first dead letters of a system.</summary>
internal sealed class DeadLetterListener : MinimalActorRef
{
    private readonly ActorSystemImpl _system;
    private int _count;

    public DeadLetterListener(ActorSystemImpl system)
    {
        _system = system;
        Path = system.System.Path / "deadLetterListener";
        system.EventStream.Subscribe(this, typeof(DeadLetter));
    }

    public override ActorPath Path { get; }

    internal override void TellInternal(object message, IActorRef sender)
    {
        if (message is not DeadLetter letter)
            return;
        var count = Interlocked.Increment(ref _count);
        if (count > _system.Settings.LogDeadLetters)
            return;
        var last = count == _system.Settings.LogDeadLetters;
        if (last)
            _system.EventStream.Unsubscribe(this);
        _system.EventStream.Publish(new Info(
            Path.ToString(), typeof(DeadLetterListener),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} was not delivered. [{count}] dead letters encountered"
            + (last ? ", no more dead letters will be logged." : ".")));
    }
}

/// <summary>Logs messages that nobody handled.</summary>
internal sealed class UnhandledListener : MinimalActorRef
{
    private readonly ActorSystemImpl _system;

    public UnhandledListener(ActorSystemImpl system)
    {
        _system = system;
        Path = system.System.Path / "UnhandledMessageForwarder";
        system.EventStream.Subscribe(this, typeof(UnhandledMessage));
    }

    public override ActorPath Path { get; }

    internal override void TellInternal(object message, IActorRef sender)
    {
        if (message is UnhandledMessage unhandled)
            _system.EventStream.Publish(new Debug(
                unhandled.Recipient.Path.ToString(), typeof(UnhandledListener), $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
    }
}

/// <summary>Writes log events to the console.</summary>
internal sealed class DefaultLogger : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                break;
            case LogEvent line:
                Console.WriteLine(line);
                break;
        }
    }
}
