namespace Akka.Util;

/// <summary>What can stand in for an object on a wire.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(Actor.ActorSystem system);
}

/// <summary>An object that a surrogate can stand in for.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(Actor.ActorSystem system);
}
