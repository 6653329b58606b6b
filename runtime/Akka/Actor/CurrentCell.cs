namespace Akka.Actor.Internal;

/// <summary>The cell whose code runs on this thread.</summary>
public static class InternalCurrentActorCellKeeper
{
    public static ActorCell Current
    {
        get => ActorCell.Current;
        set => ActorCell.Current = value;
    }
}
