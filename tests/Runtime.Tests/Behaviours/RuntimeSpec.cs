using Akka.Actor;
using Akka.TestKit;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>One documented behaviour of Akka.NET after the other, by its public API alone, so that the real packages can be held to the same.</summary>
public abstract class RuntimeSpec(string config = "") : Akka.TestKit.Xunit2.TestKit(
    "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }\n" + config)
{
    /// <summary>How long a test waits to see that nothing comes.</summary>
    protected static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Handles messages as the function says.</summary>
    protected IActorRef Act(Action<object, IUntypedActorContext> handle, string? name = null) => Sys.ActorOf(Scripted.Props(handle), name);

    /// <summary>An actor whose children are made by <see cref="Props"/> messages and stopped by references; it answers with the child.</summary>
    protected IActorRef Parent(SupervisorStrategy? strategy = null) => Sys.ActorOf(Make.Props(() => new Family(strategy)));

    protected IActorRef Child(IActorRef parent, Props props, string? name = null)
    {
        var probe = CreateTestProbe();
        parent.Tell(new Birth(props, name), probe);
        return probe.ExpectMsg<IActorRef>();
    }

    private sealed record Birth(Props Props, string? Name);

    private sealed class Family(SupervisorStrategy? strategy) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => strategy ?? base.SupervisorStrategy();

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Birth birth:
                    Sender.Tell(Context.ActorOf(birth.Props, birth.Name));
                    break;
                case IActorRef child:
                    Context.Stop(child);
                    break;
            }
        }
    }
}

internal static class Make
{
    public static Props Props<TActor>(Func<TActor> make) where TActor : ActorBase => Akka.Actor.Props.CreateBy(new Producer<TActor>(make));

    private sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => make();

        public void Release(ActorBase actor)
        {
        }
    }
}

internal sealed class Scripted(Action<object, IUntypedActorContext> handle) : UntypedActor
{
    public static Props Props(Action<object, IUntypedActorContext> handle) => Make.Props(() => new Scripted(handle));

    protected override void OnReceive(object message) => handle(message, Context);
}

internal sealed class Boom(string message = "boom") : Exception(message);

/// <summary>Tells a probe of every step of its life, and throws what it is told to throw.</summary>
internal sealed class Lived : UntypedActor
{
    private readonly IActorRef _probe;
    private readonly string _name;

    public Lived(IActorRef probe, string name, Props? child)
    {
        (_probe, _name) = (probe, name);
        Note("new");
        if (child is not null)
            Context.ActorOf(child);
    }

    public static Props Props(IActorRef probe, string name = "", Props? child = null) => Make.Props(() => new Lived(probe, name, child));

    protected override void OnReceive(object message)
    {
        if (message is Exception failure)
            throw failure;
        Note(message.ToString()!);
    }

    protected override void PreStart() => Note("PreStart");

    protected override void PreRestart(Exception reason, object message)
    {
        Note($"PreRestart {reason.Message} {(message as Exception)?.Message}");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Note($"PostRestart {reason.Message}");
        base.PostRestart(reason);
    }

    protected override void PostStop() => Note("PostStop");

    private void Note(string step) => _probe.Tell(_name.Length == 0 ? step : $"{_name} {step}");
}
