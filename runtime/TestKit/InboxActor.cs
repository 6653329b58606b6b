using System;
using Akka.Actor;

namespace Akka.TestKit;

internal sealed record WatchFor(IActorRef Subject);

internal sealed record UnwatchFor(IActorRef Subject);

/// <summary>Puts what it is sent into the test's inbox, and watches on the test's behalf.</summary>
internal sealed class InboxActor(Inbox inbox) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchFor watch:
                Context.Watch(watch.Subject);
                break;
            case UnwatchFor unwatch:
                Context.Unwatch(unwatch.Subject);
                break;
            default:
                inbox.Add(new Received(message, Sender));
                break;
        }
    }
}

internal sealed class TestActorProducer(Inbox inbox) : IIndirectActorProducer
{
    public Type ActorType => typeof(InboxActor);

    public ActorBase Produce() => new InboxActor(inbox);

    public void Release(ActorBase actor)
    {
    }
}
