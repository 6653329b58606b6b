using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace DrmActors.Runtime.Tests.TestKits;

public sealed class TestProbeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Probe_should_be_a_reference_that_can_be_told_and_passed_around()
    {
        var probe = CreateTestProbe("screen");

        TestActor.Tell("x", probe);
        probe.Ref.Tell("y", TestActor);

        ExpectMsg<string>((_, sender) => sender.Equals(probe.Ref));
        Assert.Equal("y", probe.ExpectMsg<string>());
        Assert.Equal(TestActor, probe.Sender);
        Assert.Contains("screen", probe.Ref.Path.Name);
    }

    [Fact]
    public async Task Probe_should_answer_the_last_sender()
    {
        var probe = CreateTestProbe();
        var answer = probe.Ref.Ask<int>("question", TimeSpan.FromSeconds(3));

        probe.ExpectMsg("question");
        probe.Reply(42);

        Assert.Equal(42, await answer);
    }

    [Fact]
    public void Probe_should_forward_with_the_sender()
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        first.Ref.Tell("x", TestActor);
        first.ExpectMsg("x");

        first.Forward(second.Ref);

        second.ExpectMsg("x");
        Assert.Equal(TestActor, second.Sender);
    }

    [Fact]
    public void Probe_should_hear_of_a_death()
    {
        var probe = CreateTestProbe();
        var actor = probe.Watch(ActorOf<ExpectationTests.Echo>());

        actor.Tell(PoisonPill.Instance);

        probe.ExpectTerminated(actor);
    }

    [Fact]
    public void Probe_should_be_heard_dying()
    {
        var probe = CreateTestProbe();
        Watch(probe.Ref);

        Sys.Stop(probe.Ref);

        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void Probes_should_have_inboxes_of_their_own()
    {
        var probe = CreateTestProbe();

        probe.Ref.Tell(1);

        probe.ExpectMsg(1);
        Assert.False(HasMessages);
    }

    [Fact]
    public void Kit_should_end_its_system()
    {
        var kit = new Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        var ended = kit.Sys.WhenTerminated;

        kit.Dispose();

        Assert.True(ended.IsCompletedSuccessfully);
    }

    [Fact]
    public void Log_should_go_to_the_output_of_the_test()
    {
        var output = new Lines();
        using var kit = new Akka.TestKit.Xunit2.TestKit(output: output);

        kit.Log.Warning("mode {0} is not there", 7);

        AwaitAssert(() => Assert.Contains(output.Written, line => line.Contains("mode 7 is not there", StringComparison.Ordinal)));
    }

    [Fact]
    public void Factors_should_stretch_the_times()
    {
        using var kit = new Akka.TestKit.Xunit2.TestKit("akka.test.timefactor = 2.0");

        Assert.Equal(TimeSpan.FromSeconds(6), kit.Dilated(TimeSpan.FromSeconds(3)));
    }

    private sealed class Lines : Xunit.Abstractions.ITestOutputHelper
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Written { get; } = new();

        public void WriteLine(string message) => Written.Enqueue(message);

        public void WriteLine(string format, params object[] args) => Written.Enqueue(string.Format(format, args));
    }
}
