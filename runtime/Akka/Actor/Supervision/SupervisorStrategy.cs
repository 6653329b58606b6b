using Akka.Actor.Internal;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Decides about children that failed.</summary>
public abstract class SupervisorStrategy : ISurrogated
{
    /// <summary>Stop what cannot be created, was killed or broke a death pact; restart everything else.</summary>
#pragma warning disable MA0069 // A field there, and so here.
    public static IDecider DefaultDecider = DefaultDecision.Instance;
#pragma warning restore MA0069

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; } = true;

    protected abstract Directive Handle(IActorRef child, Exception exception);

    public abstract void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children);

    public abstract void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children);

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    /// <summary>True if the failure has been dealt with; false if the supervisor has to fail with it.</summary>
    public bool HandleFailure(
        ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        LogFailure(actorCell, child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                ResumeChild(child, cause);
                return true;
            default:
                ProcessFailure(actorCell, directive == Directive.Restart, child, cause, stats, children);
                return true;
        }
    }

    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var target = (IInternalActorRef)child;
        if (suspendFirst)
            target.Suspend();
        target.Restart(cause);
    }

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
            return;
        var bus = context.System.EventStream;
        var level = directive == Directive.Resume ? LogLevel.WarningLevel : LogLevel.ErrorLevel;
        if (bus.LogLevel > level)
            return;
        var root = cause is ActorInitializationException ? cause.GetBaseException() : cause;
        var source = child.Path.ToString();
        bus.Publish(level == LogLevel.WarningLevel
            ? new Warning(cause, source, GetType(), root.Message)
            : new Error(cause, source, GetType(), root.Message));
    }

    private sealed class DefaultDecision : IDecider
    {
        public static readonly DefaultDecision Instance = new();

        public Directive Decide(Exception cause) =>
            cause is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart;
    }
}
