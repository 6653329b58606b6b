namespace Akka.Actor;

/// <summary>The reference that swallows everything.</summary>
public sealed class Nobody : MinimalActorRef
{
#pragma warning disable MA0069 // A field there, and so here.
    public static Nobody Instance = new();
#pragma warning restore MA0069

    private static readonly ActorPath NobodyPath = new RootActorPath(new Address("akka", "all-systems")) / "Nobody";

    private Nobody()
    {
    }

    public override ActorPath Path => NobodyPath;
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: the receiver sees dead letters.</summary>
    public static readonly IActorRef NoSender;
}

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the current actor as sender, if code of an actor is running on this thread.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Sends with the sender of the current message.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
