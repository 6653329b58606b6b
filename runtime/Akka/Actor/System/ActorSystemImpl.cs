using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The one kind of actor system there is.</summary>
public sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly Address _address;
    private long _lastTemporary;

    internal ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        if (!IsValidName(name))
            throw new ArgumentException(
                "invalid ActorSystem name, must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        _address = new Address("akka", name);
        var root = new RootActorPath(_address);
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(debug: false);
        EventStream.WatchWith(new EventStreamWatcher(EventStream, root / "system" / "eventStreamWatcher"));
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        Log = new BusLogging(EventStream, this, typeof(ActorSystem), null);
        DeadLetterRef = new DeadLetterRef(this, root / "deadLetters");
        IgnoreRef = new IgnoringRef(root / "ignore");
        Scheduler = CreateScheduler();
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this, new DispatcherPrerequisites(EventStream, Scheduler, Settings, Mailboxes), Log);
        DefaultDispatcher = Dispatchers.DefaultGlobalDispatcher;
        InternalDispatcher = Dispatchers.Lookup(Dispatchers.InternalDispatcherId);
        Root = CreateRoot(new RootParent(this, root));
        Users = Root.AddChild(GuardianProps.For(UserStrategy()), "user");
        System = Root.AddChild(GuardianProps.For(SupervisorStrategy.DefaultStrategy), "system");
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override Mailboxes Mailboxes { get; }

    public override Dispatchers Dispatchers { get; }

    public override IActorRef DeadLetters => DeadLetterRef;

    public override IActorRef IgnoreRef { get; }

    public override IInternalActorRef Guardian => Users;

    public override IInternalActorRef SystemGuardian => System;

    public override IInternalActorRef LookupRoot => Root;

    internal DeadLetterRef DeadLetterRef { get; }

    internal MessageDispatcher DefaultDispatcher { get; }

    internal MessageDispatcher InternalDispatcher { get; }

    internal LocalActor Root { get; }

    internal LocalActor Users { get; }

    internal LocalActor System { get; }

    public override IActorRef ActorOf(Props props, string name = null) => Users.AddChild(props, name);

    public override IActorRef SystemActorOf(Props props, string name = null) => System.AddChild(Internally(props), name);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>((SupervisorStrategy)null), name);

    public override ActorSelection ActorSelection(string actorPath) => Paths.Select(this, Root, actorPath);

    public override ActorSelection ActorSelection(ActorPath actorPath) => Paths.Select(this, actorPath);

    public override void Stop(IActorRef actor)
    {
        if (actor is LocalActor { ParentRef: LocalActor parent } && (ReferenceEquals(parent, Users) || ReferenceEquals(parent, System)))
            parent.Tell(new StopChild(actor), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override string ToString() => $"akka://{Name}";

    internal bool IsHere(Address address) => address.Equals(_address);

    internal IActorRef Absent(ActorPath path) => new AbsentRef(this, path);

    internal ActorPath NextTemporaryPath() => Root.Path / "temp" / ("$" + Base64Name.Of(Interlocked.Increment(ref _lastTemporary)));

    /// <summary>What stands beside the guardians without being an actor.</summary>
    internal IActorRef Special(string name) => name == "deadLetters" ? DeadLetterRef : null;

    internal Props Internally(Props props) =>
        props.ChosenDispatcher is null && InternalDispatcher != DefaultDispatcher ? props.WithDispatcher(Dispatchers.InternalDispatcherId) : props;

    private LocalActor CreateRoot(RootParent parent)
    {
        var props = GuardianProps.For(SupervisorStrategy.StoppingStrategy);
        var name = ActorName.Of("/");
        var root = InternalDispatcher is PoolDispatcher
            ? new LocalActor(this, props, InternalDispatcher, parent, name)
            : new DispatchedActor(this, props, InternalDispatcher, parent, name, null);
        root.PrepareForChildren();
        root.Launch();
        return root;
    }

    private SupervisorStrategy UserStrategy() => TypeNames.Create<SupervisorStrategyConfigurator>(Settings.SupervisorStrategyClass).Create();

    private IScheduler CreateScheduler() =>
        Settings.SchedulerClass.Split(',')[0].Trim() == "Akka.Actor.HashedWheelTimerScheduler"
            ? new TickScheduler(Settings.Config, Log)
            : TypeNames.Create<IScheduler>(Settings.SchedulerClass, Settings.Config, Log);

    private static bool IsValidName(string name) =>
        !string.IsNullOrEmpty(name) && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
