using Akka.Actor;

namespace DrmActors.Bench;

internal sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}

internal sealed class Counter(int left, TaskCompletionSource done) : UntypedActor
{
    private int _left = left;

    protected override void OnReceive(object message)
    {
        if (--_left == 0)
            done.SetResult();
    }
}

internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}

/// <summary>An actor without fields.</summary>
internal sealed class Empty : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}

internal sealed record Raise(int Count);

internal sealed record Fill(int Count, int From);

internal sealed record CountLive;

/// <summary>Creates and stops one child after the other: the next one when the last one is gone.</summary>
internal sealed class Nursery : UntypedActor
{
    private static readonly Props Child = Props.CreateBy(new Producer<Empty>(() => new Empty()));

    private IActorRef _asker = ActorRefs.Nobody;
    private int _left;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Raise raise:
                _asker = Sender;
                _left = raise.Count;
                Next();
                break;
            case Terminated:
                Next();
                break;
        }
    }

    private void Next()
    {
        if (_left == 0)
        {
            _asker.Tell(Done.Instance, Self);
            return;
        }
        var child = Context.ActorOf(Child, (_left--).ToString());
        Context.Watch(child);
        Context.Stop(child);
    }
}

/// <summary>Holds children that do nothing.</summary>
internal sealed class Crib : UntypedActor
{
    private static readonly Props Child = Props.CreateBy(new Producer<Empty>(() => new Empty()));

    protected override void OnReceive(object message)
    {
        if (message is Fill fill)
        {
            for (var i = 0; i < fill.Count; i++)
                Context.ActorOf(Child, (fill.From + i).ToString());
        }
        Sender.Tell(Done.Instance, Self);
    }
}

internal sealed class Done
{
    public static readonly Done Instance = new();
}
