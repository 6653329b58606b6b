using DrmActors.Messages;

namespace DrmActors.Actors.Descriptors;

/// <summary>
/// The descriptors of a host, which is one process to all that is embedded in it: from 0 upward, the lowest free one first. Thread-safe; short, and
/// waits for nobody.
/// </summary>
internal sealed class DescriptorTable
{
    private readonly Lock _lock = new();
    private readonly IdTable<Description> _open = new(first: 0);

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    /// <summary>What is open, as often as it is.</summary>
    public IReadOnlyList<Description> Open
    {
        get
        {
            lock (_lock)
                return [.. _open.Held.Select(held => held.Item)];
        }
    }

    /// <summary>A new descriptor; none where the description has ended.</summary>
    public Descriptor Add(Description description)
    {
        if (!description.TryHold())
            return Descriptor.None;
        lock (_lock)
            return new Descriptor(_open.Add(description));
    }

    /// <summary>Null for one that is not open (EBADF).</summary>
    public Description? Find(Descriptor descriptor) => _open.Find(descriptor.Number);

    /// <summary>As dup(2). None for one that is not open.</summary>
    public Descriptor Duplicate(Descriptor descriptor) => Find(descriptor) is { } description ? Add(description) : Descriptor.None;

    /// <summary>As close(2).</summary>
    /// <returns>EBADF for one that is not open.</returns>
    public Errno Close(Descriptor descriptor)
    {
        Description? closed;
        lock (_lock)
            closed = _open.Remove(descriptor.Number);
        if (closed is null)
            return Errno.EBADF;
        closed.Drop();
        return Errno.None;
    }
}
