using System;
using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Writes log events to the output of the running test.</summary>
internal sealed class OutputLogger(ITestOutputHelper output, string prefix) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is not LogEvent e)
            return;
        try
        {
            output.WriteLine($"{prefix}{e}");
        }
        catch (InvalidOperationException)
        {
            // The test is over, and xunit takes no more output for it.
        }
    }

    internal sealed class Producer(ITestOutputHelper output, string prefix) : IIndirectActorProducer
    {
        public Type ActorType => typeof(OutputLogger);

        public ActorBase Produce() => new OutputLogger(output, prefix);

        public void Release(ActorBase actor)
        {
        }
    }
}
