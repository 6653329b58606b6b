using Akka.Actor;
using Akka.Event;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>The event stream, dead letters, and the log that goes over it.</summary>
public sealed class EventStreamSpecs() : RuntimeSpec(
    $"""
    akka.loglevel = INFO
    akka.loggers = ["{typeof(Collector).AssemblyQualifiedName}"]
    """)
{
    [Fact]
    public void Subscriber_should_get_what_is_of_its_type_until_it_unsubscribes()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(IEvent)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(IEvent)));

        Sys.EventStream.Publish(new Event(1));
        Sys.EventStream.Publish("something else");
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(IEvent)));
        Sys.EventStream.Publish(new Event(2));

        ExpectMsg(new Event(1));
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void Subscriber_that_died_should_be_unsubscribed()
    {
        var actor = Act((_, _) => { });
        Watch(actor);
        Sys.EventStream.Subscribe(actor, typeof(IEvent));

        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);

        AwaitAssert(() => Assert.False(Sys.EventStream.Unsubscribe(actor, typeof(IEvent))));
    }

    [Fact]
    public void Message_to_a_dead_actor_should_be_a_dead_letter()
    {
        var actor = Act((_, _) => { });
        Watch(actor);
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        actor.Tell("lost", TestActor);

        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal(("lost", TestActor, actor), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public void Message_to_dead_letters_should_be_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.DeadLetters.Tell("lost", TestActor);

        Assert.Equal("lost", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Suppressed_message_should_not_be_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        Sys.DeadLetters.Tell(new Hush(), TestActor);

        Assert.IsType<Hush>(ExpectMsg<SuppressedDeadLetter>().Message);
    }

    [Fact]
    public void Log_of_an_actor_should_reach_loggers_with_source_and_arguments()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var actor = Act((message, context) =>
        {
            context.GetLogger().Debug("not at this level");
            context.GetLogger().Info("said {0}", message);
            context.GetLogger().Warning(new Boom(), "oh");
        }, "talker");

        actor.Tell("hello");

        var line = ExpectMsg<Info>();
        Assert.Equal("said hello", line.Message.ToString());
        Assert.Contains("/user/talker", line.LogSource, StringComparison.Ordinal);
        Assert.Equal(LogLevel.InfoLevel, line.LogLevel());
        Assert.IsType<Boom>(ExpectMsg<Warning>().Cause);
        AwaitAssert(() => Assert.Contains(Collector.Of(Sys), text => text.EndsWith("said hello", StringComparison.Ordinal)));
    }

    [Fact]
    public void Failure_should_be_logged_as_an_error_with_its_cause()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var actor = Act((_, _) => throw new Boom("bang"));

        actor.Tell("x");

        var error = ExpectMsg<Error>();
        Assert.IsType<Boom>(error.Cause);
        Assert.Equal("bang", error.Message.ToString());
    }

    private interface IEvent;

    private sealed record Event(int Number) : IEvent;

    private sealed class Hush : IDeadLetterSuppression;

    /// <summary>A logger is an actor that is told to initialize, and is then subscribed.</summary>
    public sealed class Collector : ReceiveActor
    {
        private static readonly System.Collections.Concurrent.ConcurrentQueue<(string System, string Text)> s_lines = new();

        public Collector()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(line => s_lines.Enqueue((Context.System.Name, line.Message.ToString()!)));
        }

        public static IEnumerable<string> Of(ActorSystem system) => s_lines.Where(line => line.System == system.Name).Select(line => line.Text);
    }
}
