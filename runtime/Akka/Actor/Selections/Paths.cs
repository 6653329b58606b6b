using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>From names to references.</summary>
internal static class Paths
{
    public static ActorSelection Select(ActorSystemImpl system, IActorRef from, string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
            return Select(system, ActorPath.Parse(path));
        return path.StartsWith('/') ? new ActorSelection(system.Root, path) : new ActorSelection(from, path);
    }

    public static ActorSelection Select(ActorSystemImpl system, ActorPath path) =>
        new(system.IsHere(path.Address) ? system.Root : system.DeadLetters, path.Elements);

    /// <summary>The child of that name, or null.</summary>
    public static IActorRef ChildOf(IActorRef parent, string name)
    {
        if (parent is not LocalActor cell)
            return parent is IInternalActorRef other && other.GetChild([name]) is { } found and not Nobody ? found : null;
        return cell.FindChild(name) ?? (ReferenceEquals(cell, cell.SystemImpl.Root) ? cell.SystemImpl.Special(name) : null);
    }

    public static IActorRef Descend(IActorRef from, IReadOnlyList<string> names)
    {
        var at = from;
        foreach (var name in names)
        {
            if (name.Length == 0)
                continue;
            at = name == ".." ? ((IInternalActorRef)at).Parent : ChildOf(at, name);
            if (at is null)
                return ActorRefs.Nobody;
        }
        return at;
    }
}
