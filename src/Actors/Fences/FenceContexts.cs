namespace DrmActors.Actors.Fences;

/// <summary>The numbers of the fence contexts of a host: from 1 upward, each once. 0 is the context of what had happened before anybody asked. Thread-safe.</summary>
internal sealed class FenceContexts
{
    private ulong _last;

    public ulong Next() => Interlocked.Increment(ref _last);
}
