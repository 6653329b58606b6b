using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 16, and dispatchers and mailboxes of one's own.</summary>
public sealed class DispatchSpecs() : RuntimeSpec(
    $$"""
    by-hand { type = "{{typeof(ByHandConfigurator).AssemblyQualifiedName}}" }
    newest-first { mailbox-type = "{{typeof(NewestFirst).AssemblyQualifiedName}}" }
    """)
{
    protected override void AfterAll()
    {
        ((ByHand)Sys.Dispatchers.Lookup("by-hand")).LetGo();
        base.AfterAll();
    }

    [Fact]
    public void Run_should_deliver_up_to_one_more_than_the_throughput()
    {
        var dispatcher = (ByHand)Sys.Dispatchers.Lookup("by-hand");
        dispatcher.Throughput = 3;
        var (actor, seen) = Counting(dispatcher);

        for (var i = 0; i < 10; i++)
            actor.Tell(i, ActorRefs.NoSender);
        dispatcher.RunOne();

        Assert.InRange(seen.Count, 3, 4);
        dispatcher.RunAll();
        Assert.Equal(10, seen.Count);
    }

    [Fact]
    public void Run_should_deliver_exactly_one_when_the_deadline_is_zero()
    {
        var dispatcher = (ByHand)Sys.Dispatchers.Lookup("by-hand");
        dispatcher.Throughput = 1;
        dispatcher.SetDeadline(0);
        var (actor, seen) = Counting(dispatcher);

        for (var i = 0; i < 3; i++)
            actor.Tell(i, ActorRefs.NoSender);

        for (var i = 1; i <= 3; i++)
        {
            dispatcher.RunOne();
            Assert.Equal(i, seen.Count);
        }
    }

    [Fact]
    public void Dispatcher_should_see_actors_come_and_go()
    {
        var dispatcher = (ByHand)Sys.Dispatchers.Lookup("by-hand");
        var (actor, _) = Counting(dispatcher);
        Assert.Equal(1, dispatcher.Living);
        Watch(actor);

        actor.Tell(PoisonPill.Instance);
        dispatcher.RunAll();

        ExpectTerminated(actor);
        Assert.Equal(0, dispatcher.Living);
    }

    [Fact]
    public void Mailbox_of_ones_own_should_decide_the_order()
    {
        using var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Scripted.Props((message, _) =>
        {
            TestActor.Tell(message);
            Assert.True(gate.Wait(Patience));
        }).WithMailbox("newest-first"));
        actor.Tell(0);
        ExpectMsg(0);

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        gate.Set();

        ExpectMsg(3);
        ExpectMsg(2);
        ExpectMsg(1);
    }

    [Fact]
    public void Dispatcher_that_is_not_configured_should_be_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup("no-such-dispatcher"));

    /// <summary>An actor that has begun. Its first run may be some time on its way.</summary>
    private (IActorRef Actor, List<object> Seen) Counting(ByHand dispatcher)
    {
        var seen = new List<object>();
        var actor = Sys.ActorOf(Scripted.Props((message, _) => seen.Add(message)).WithDispatcher("by-hand"));
        dispatcher.RunOne();
        dispatcher.RunAll();
        return (actor, seen);
    }

    public sealed class ByHandConfigurator : MessageDispatcherConfigurator
    {
        private readonly ByHand _dispatcher;

        public ByHandConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
            _dispatcher = new ByHand(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }

    private sealed class ByHand(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
    {
        private readonly BlockingCollection<IRunnable> _ready = [];
        private volatile bool _free;

        public int Living;

        public void SetDeadline(long ticks) => ThroughputDeadlineTime = ticks;

        public void RunOne()
        {
            Assert.True(_ready.TryTake(out var run, Patience));
            run.Run();
        }

        public void RunAll()
        {
            while (_ready.TryTake(out var run, Quiet))
                run.Run();
        }

        public override void Attach(ActorCell cell)
        {
            Interlocked.Increment(ref Living);
            base.Attach(cell);
        }

        public override void Detach(ActorCell cell)
        {
            Interlocked.Decrement(ref Living);
            base.Detach(cell);
        }

        /// <summary>From here on everything runs by itself, so that the system can end.</summary>
        public void LetGo()
        {
            _free = true;
            while (_ready.TryTake(out var run))
                run.Run();
        }

        protected override void ExecuteTask(IRunnable run)
        {
            if (_free)
                ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
            else
                _ready.Add(run);
        }

        protected override void Shutdown()
        {
        }
    }

    public sealed class NewestFirst(Settings settings, Config config) : MailboxType(settings, config)
    {
        public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new StackQueue();
    }

    private sealed class StackQueue : IMessageQueue
    {
        private readonly ConcurrentStack<Envelope> _stack = new();

        public bool HasMessages => !_stack.IsEmpty;

        public int Count => _stack.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope) => _stack.Push(envelope);

        public bool TryDequeue(out Envelope envelope) => _stack.TryPop(out envelope);

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope))
                deadletters.Enqueue(owner, envelope);
        }
    }
}
