using DrmActors.Actors.Descriptors;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Event counters, which syncobjs count at.
public sealed partial class DrmHost
{
    /// <summary>As eventfd(2).</summary>
    /// <param name="count">What it holds at first.</param>
    public Descriptor CreateEventCounter(ulong count = 0) => Descriptors.Add(new EventCounter(count));

    /// <summary>As read(2) of an event counter that blocks: waits until something has been counted, and takes all of it.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: it is no event counter.</exception>
    public async Task<ulong> ReadEventCounterAsync(Descriptor descriptor, CancellationToken cancellationToken = default)
    {
        var counter = CounterOf(descriptor);
        while (true)
        {
            var taken = counter.Take();
            if (taken > 0)
                return taken;
            await counter.CountedAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>As read(2) of one that does not block: takes what has been counted; 0 for nothing.</summary>
    /// <exception cref="DrmException">EBADF: it is not open. EINVAL: it is no event counter.</exception>
    public ulong TakeEventCounter(Descriptor descriptor) => CounterOf(descriptor).Take();

    private EventCounter CounterOf(Descriptor descriptor) => Descriptors.Find(descriptor) switch
    {
        EventCounter counter => counter,
        null => throw new DrmException(Errno.EBADF, new ReadDescriptor(descriptor)),
        _ => throw new DrmException(Errno.EINVAL, new ReadDescriptor(descriptor)),
    };
}
