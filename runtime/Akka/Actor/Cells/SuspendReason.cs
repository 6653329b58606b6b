namespace Akka.Actor;

/// <summary>What a cell does when the last dying child is gone.</summary>
internal enum SuspendReason
{
    None,
    Creation,
    Recreation,
    Termination,
}
