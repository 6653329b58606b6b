using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>What had happened before anybody asked.</summary>
internal static class StubFence
{
    /// <summary>A fence that is signalled already.</summary>
    /// <param name="time">In nanoseconds of the host's clock.</param>
    public static Fence At(long time, Errno error = Errno.None)
    {
        var fence = new Fence("stub", "stub", context: 0, sequence: 0);
        fence.Signal(time, error);
        return fence;
    }
}
