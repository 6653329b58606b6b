using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;

namespace DrmActors.Actors.Syncobjs;

/// <summary>Counts at an event counter when a point has come, or has got its fence. The syncobj's own, and then its fence's: no file ends it.</summary>
internal sealed class EventfdWaiter : ISubmitWaiter, IFenceWaiter
{
    private readonly EventCounter _counter;
    private readonly ulong _point;
    private readonly bool _available;

    private EventfdWaiter(EventCounter counter, ulong point, bool available) => (_counter, _point, _available) = (counter, point, available);

    public static void Start(Syncobj syncobj, ulong point, EventCounter counter, bool available)
    {
        var waiter = new EventfdWaiter(counter, point, available);
        if (syncobj.Wait(point, waiter, out var held) is null)
            waiter.Submitted(held!);
    }

    public void Submitted(Fence held)
    {
        if (_available || ChainFence.Find(held, _point)?.Wait(this) is null)
            _counter.Add(1);
    }

    public void Signaled(Fence fence) => _counter.Add(1);
}
