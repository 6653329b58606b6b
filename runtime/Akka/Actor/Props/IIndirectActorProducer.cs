namespace Akka.Actor;

/// <summary>Makes the instances of an actor; one producer may make many.</summary>
public interface IIndirectActorProducer
{
    /// <summary>A new instance, and never one that it has given out before.</summary>
    ActorBase Produce();

    Type ActorType { get; }

    /// <summary>The instance is out of office.</summary>
    void Release(ActorBase actor);
}
