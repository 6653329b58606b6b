using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>
/// The ioctls that are made to fail, on all cards of a host. Files ask once a call, after what refuses it anyway and before it is looked at: a call that
/// fails here has done nothing. Any thread.
/// </summary>
internal sealed class IoctlFaults
{
    private readonly Lock _lock = new();
    private readonly List<Armed> _armed = [];
    private volatile bool _isEmpty = true;

    /// <summary>Nothing is made to fail.</summary>
    public bool IsEmpty => _isEmpty;

    /// <summary>Told of each call that fails here, before its caller is. It must not wait.</summary>
    public Action<IIoctl, IoctlFault>? OnFailed { get; set; }

    public void Add(IoctlFault fault)
    {
        lock (_lock)
        {
            _armed.Add(new Armed(fault));
            _isEmpty = false;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _armed.Clear();
            _isEmpty = true;
        }
    }

    /// <summary>What the call fails with; None for a call that goes on. Every fault of its kind counts it, the oldest that hits decides.</summary>
    public Errno Of(IIoctl call, int minor)
    {
        if (_isEmpty)
            return Errno.None;
        IoctlFault? hit = null;
        lock (_lock)
        {
            foreach (var armed in _armed)
                if (armed.Takes(call, minor) && armed.Hits(hit is not null))
                    hit = armed.Fault;
            _armed.RemoveAll(a => a.IsSpent);
            _isEmpty = _armed.Count == 0;
        }

        if (hit is null)
            return Errno.None;
        OnFailed?.Invoke(call, hit);
        return hit.Errno;
    }

    private sealed class Armed(IoctlFault fault)
    {
        private ulong _chance = (ulong)fault.Seed;
        private int _left = fault.Nth - 1;
        private int _times;

        public IoctlFault Fault => fault;

        public bool IsSpent => fault.Times > 0 && _times >= fault.Times;

        public bool Takes(IIoctl call, int minor) =>
            (fault.Minor is null || fault.Minor == minor) && ReferenceEquals(IoctlTable.RowOf(call), fault.Row);

        /// <param name="taken">Another fault has hit this call already: this one's turn is the next.</param>
        public bool Hits(bool taken)
        {
            if (_left > 0)
            {
                _left--;
                return false;
            }

            if (taken || (fault.Probability < 1 && Draw() >= fault.Probability))
                return false;
            _times++;
            return true;
        }

        // SplitMix64: 0 to below 1.
        private double Draw()
        {
            var bits = _chance += 0x9e3779b97f4a7c15;
            bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
            bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
            return ((bits ^ (bits >> 31)) >> 11) / (double)(1UL << 53);
        }
    }
}
