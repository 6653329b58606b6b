namespace DrmActors.Runtime.Tests.Api;

/// <summary>
/// Public types of the embedded runtime that types.txt does not list. Each exists in the real packages under this name and is here
/// because a listed member needs it.
/// </summary>
internal static class OtherTypes
{
    public static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Akka.Actor.ActorNotFoundException"] = "what ActorSelection.ResolveOne fails with",
        ["Akka.Actor.DefaultSupervisorStrategy"] = "named in the configuration as the guardian's strategy",
        ["Akka.Actor.DeployableDecider"] = "result of Decider.From",
        ["Akka.Actor.IActorRefScope"] = "base of IInternalActorRef",
        ["Akka.Actor.IWithUnrestrictedStash"] = "kind of IWithStash",
        ["Akka.Actor.IWrappedMessage"] = "interface of messages that carry another one",
        ["Akka.Actor.IllegalActorStateException"] = "what a stash throws for a message that it has already",
        ["Akka.Actor.Internal.ActorSystemImpl"] = "the one ExtendedActorSystem",
        ["Akka.Actor.Internal.ChildRestartStats"] = "argument of SupervisorStrategy's hooks",
        ["Akka.Actor.InvalidMessageException"] = "what telling null throws",
        ["Akka.Actor.MinimalActorRef"] = "base of Nobody",
        ["Akka.Actor.SelectionPathElement"] = "part of an ActorSelection",
        ["Akka.Actor.SupervisorStrategyConfigurator"] = "base of DefaultSupervisorStrategy and StoppingSupervisorStrategy",
        ["Akka.Dispatch.IBoundedDequeBasedMessageQueueSemantics"] = "what IWithBoundedStash requires",
        ["Akka.Dispatch.IDequeBasedMessageQueueSemantics"] = "base of the two kinds",
        ["Akka.Dispatch.IUnboundedDequeBasedMessageQueueSemantics"] = "what IWithUnboundedStash requires",
        ["Akka.Done"] = "result of CoordinatedShutdown's tasks",
        ["Akka.Event.ActorEventBus"] = "base of LoggingBus",
        ["Akka.Event.ILogMessageFormatter"] = "property of ILoggingAdapter",
        ["Akka.Event.LogMessage"] = "what a LogEvent carries until it is formatted",
        ["Akka.Util.ISurrogate"] = "result of ISurrogated.ToSurrogate",
        ["Akka.Util.ISurrogated"] = "base of IActorRef",
        ["Akka.Util.Option"] = "property of BootstrapSetup",
        ["Akka.TestKit.INoImplicitSender"] = "interface of TestProbe, and how a test class tells without a sender",
        ["Hocon.HoconCallbackType"] = "argument of HoconIncludeCallbackAsync",
        ["Hocon.HoconException"] = "base of HoconValueException",
        ["Hocon.HoconField"] = "what Config.AsEnumerable enumerates",
        ["Hocon.HoconIncludeCallbackAsync"] = "argument of HoconConfigurationFactory.ParseString",
        ["Hocon.HoconObject"] = "result of HoconValue.GetObject",
        ["Hocon.HoconRoot"] = "base of Config, which has the getters",
        ["Hocon.HoconType"] = "kind of a HoconValue",
        ["Hocon.HoconValue"] = "result of Config.Root",
        ["Hocon.HoconValueException"] = "what a getter throws",
    };
}
