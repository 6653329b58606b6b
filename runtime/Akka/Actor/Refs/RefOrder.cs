namespace Akka.Actor;

/// <summary>Equality and order of references, by path and then by uid.</summary>
internal static class RefOrder
{
    public static bool Same(IActorRef left, IActorRef right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null
            && !(left is LocalActor && right is LocalActor)
            && left.Path.Uid == right.Path.Uid && left.Path.Equals(right.Path));

    public static int Compare(IActorRef left, IActorRef right)
    {
        if (right is null)
            return 1;
        var byPath = left.Path.CompareTo(right.Path);
        return byPath != 0 ? byPath : left.Path.Uid.CompareTo(right.Path.Uid);
    }

    public static int Compare(IActorRef left, object right) => right switch
    {
        null => 1,
        IActorRef other => Compare(left, other),
        _ => throw new ArgumentException($"Object must be of type {nameof(IActorRef)}.", nameof(right)),
    };
}
