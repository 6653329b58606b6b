using System;
using System.Threading;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A test actor, and expectations about what it is sent. Times: an expectation without a time of its own waits for what is left of the
/// enclosing <c>Within</c>, outside of one for <c>akka.test.single-expect-default</c>.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly Config Defaults = ConfigurationFactory.ParseString(
        """
        akka.test {
          timefactor = 1.0
          single-expect-default = 3s
          default-timeout = 5s
        }
        """);

    private static int _testActors;

    private readonly ITestKitAssertions _assertions;
    private readonly Inbox _inbox = new();
    private double _timeFactor;
    private TimeSpan _expectDefault;
    private Received _last;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystem system,
        ActorSystemSetup config,
        string actorSystemName,
        string testActorName)
    {
        _assertions = assertions ?? throw new ArgumentNullException(nameof(assertions));
#pragma warning disable MA0056 // Part of the contract: a subclass takes part in setting the test up.
        InitializeTest(system, config, actorSystemName, testActorName);
#pragma warning restore MA0056
    }

    public static Config DefaultConfig => Defaults;

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka.loglevel = DEBUG
        akka.actor.debug {
          receive = on
          autoreceive = on
          lifecycle = on
          event-stream = on
          unhandled = on
        }
        """);

    public ActorSystem Sys { get; private set; }

    public IActorRef TestActor { get; private set; }

    public ILoggingAdapter Log { get; private set; }

    /// <summary>The last message taken, null before the first.</summary>
    public object LastMessage => _last.Message;

    public IActorRef LastSender => _last.Sender;

    public bool HasMessages => !_inbox.IsEmpty;

    protected virtual void InitializeTest(ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        Sys = system ?? ActorSystem.Create(actorSystemName ?? "test", config);
        Log = Logging.GetLogger(Sys, GetType());
        var settings = Sys.Settings.Config.WithFallback(Defaults);
        _timeFactor = settings.GetDouble("akka.test.timefactor");
        _expectDefault = Dilated(settings.GetTimeSpan("akka.test.single-expect-default"));
        TestActor = CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref _testActors)}");
        if (this is not INoImplicitSender)
            ImplicitSender.Install(TestActor);
    }

    /// <summary>An actor that delivers into this kit's inbox.</summary>
    public IActorRef CreateTestActor(string name)
    {
        var props = Props.CreateBy(new TestActorProducer(_inbox)).WithDispatcher(InlineDispatcher.Register(Sys));
        return ((ExtendedActorSystem)Sys).SystemActorOf(props, name);
    }

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, _assertions, name);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new WatchFor(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new UnwatchFor(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        ImplicitSender.Remove();
        var patience = Dilated(duration ?? TimeSpan.FromSeconds(10));
        if (!system.Terminate().Wait(patience) && verifySystemShutdown)
            throw new TimeoutException($"The actor system '{system.Name}' has not ended within {patience}.");
    }
}
