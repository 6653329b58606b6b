using Akka.Actor;
using Xunit.Sdk;

namespace DrmActors.Runtime.Tests.TestKits;

/// <summary>What the TestKit's expectations accept and what they refuse.</summary>
public sealed class ExpectationTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void ExpectMsg_should_give_the_message_by_type_value_and_predicate()
    {
        foreach (var message in new object[] { 1, 2, "three", 4, 5 })
            TestActor.Tell(message);

        Assert.Equal(1, ExpectMsg<int>());
        Assert.Equal(2, ExpectMsg(2));
        Assert.Equal("three", ExpectMsg<string>(text => text.Length == 5));
        Assert.Equal(4, ExpectMsg<int>((number, sender) => number == 4 && sender.Equals(TestActor)));
        Assert.Equal(5, ExpectMsg<int>(number => Assert.Equal(5, number)));
        Assert.Equal(5, LastMessage);
    }

    [Fact]
    public void ExpectMsg_should_fail_for_another_type_or_value()
    {
        TestActor.Tell("text");
        TestActor.Tell(1);
        TestActor.Tell(1);

        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>());
        Assert.ThrowsAny<XunitException>(() => ExpectMsg(2));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => number == 2));
    }

    [Fact]
    public void ExpectMsg_should_fail_when_nothing_comes_in_time() => Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(Short));

    [Fact]
    public void ExpectNoMsg_should_fail_when_something_comes()
    {
        ExpectNoMsg(Short);
        TestActor.Tell(1);

        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short));
    }

    [Fact]
    public void ExpectMsgFrom_should_look_at_the_sender()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, 1);
        probe.Send(TestActor, 1);

        Assert.Equal(1, ExpectMsgFrom<int>(probe.Ref));
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<int>(TestActor));
    }

    [Fact]
    public void ExpectTerminated_should_take_the_death_of_the_one_that_is_watched()
    {
        var (first, second) = (ActorOf<Echo>("first"), ActorOf<Echo>("second"));
        Watch(first);
        Watch(second);

        Sys.Stop(first);
        Assert.Equal(first, ExpectTerminated(first).ActorRef);

        Sys.Stop(second);
        Assert.ThrowsAny<XunitException>(() => ExpectTerminated(first));
    }

    [Fact]
    public void Unwatch_should_end_a_watch()
    {
        var actor = ActorOf<Echo>();
        var probe = CreateTestProbe();
        Watch(actor);
        Unwatch(actor);
        probe.Watch(actor);

        Sys.Stop(actor);

        probe.ExpectTerminated(actor);
        ExpectNoMsg(Short);
    }

    [Fact]
    public void ExpectMsgAllOf_should_take_them_in_any_order()
    {
        TestActor.Tell(2);
        TestActor.Tell(1);
        TestActor.Tell(3);
        TestActor.Tell(4);

        Assert.Equal([1, 2], ExpectMsgAllOf(1, 2).Order());
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(3, 5));
    }

    [Fact]
    public void FishForMessage_should_throw_the_others_away()
    {
        for (var i = 0; i < 5; i++)
            TestActor.Tell(i);

        Assert.Equal(3, FishForMessage<int>(i => i == 3));
        ExpectMsg(4);
        Assert.ThrowsAny<XunitException>(() => FishForMessage<int>(i => i == 3, Short));
    }

    [Fact]
    public void ReceiveOne_should_give_null_when_nothing_comes()
    {
        Assert.Null(ReceiveOne(Short));
        TestActor.Tell("x");
        Assert.Equal("x", ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void ReceiveN_should_take_that_many()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell(3);

        Assert.Equal([1, 2], ReceiveN(2));
        Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Short));
    }

    [Fact]
    public void Ignored_messages_should_not_be_seen()
    {
        IgnoreMessages(message => message is int);
        TestActor.Tell(1);
        TestActor.Tell("a");
        ExpectMsg("a");

        IgnoreNoMessages();
        TestActor.Tell(2);
        ExpectMsg(2);
    }

    [Fact]
    public void Message_should_be_in_the_inbox_when_Tell_returns()
    {
        Assert.False(HasMessages);
        TestActor.Tell(1);
        Assert.True(HasMessages);
    }

    [Fact]
    public void Test_should_be_the_sender_of_what_it_tells()
    {
        ActorOf<Echo>().Tell("hello");

        ExpectMsg("hello");
    }

    [Fact]
    public async Task Test_should_be_the_sender_behind_an_await()
    {
        await Task.Yield();
        ActorOf<Echo>().Tell("hello");

        ExpectMsg("hello");
    }

    internal sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
