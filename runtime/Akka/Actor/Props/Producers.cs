using System.Reflection;

namespace Akka.Actor;

/// <summary>Calls the constructor that fits the arguments.</summary>
internal sealed class ActivatorProducer(Type actorType, object[] arguments) : IIndirectActorProducer
{
    public Type ActorType => actorType;

    public ActorBase Produce() => (ActorBase)Activator.CreateInstance(actorType, arguments);

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Calls the constructor that an expression named.</summary>
internal sealed class ConstructorProducer(ConstructorInfo constructor, object[] arguments) : IIndirectActorProducer
{
    public Type ActorType => constructor.DeclaringType;

    public ActorBase Produce() => (ActorBase)constructor.Invoke(arguments);

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Makes actors of a type with a constructor that takes nothing.</summary>
internal sealed class DefaultProducer<TActor> : IIndirectActorProducer where TActor : ActorBase, new()
{
    public static readonly DefaultProducer<TActor> Instance = new();

    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => new TActor();

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Props that must not be used to create anything.</summary>
internal sealed class NoProducer : IIndirectActorProducer
{
    public static readonly NoProducer Instance = new();

    public Type ActorType => typeof(ActorBase);

    public ActorBase Produce() => throw new InvalidOperationException("No actor producer specified!");

    public void Release(ActorBase actor)
    {
    }
}
