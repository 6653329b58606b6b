using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Uevents;

/// <summary>The sockets of clients that listen for uevents, and what they are told. The reader thread's.</summary>
internal sealed class UeventMonitors(Poller poller)
{
    private readonly List<UeventMonitor> _monitors = [];
    private long _number;

    public Poller Poller => poller;

    /// <summary>Null before somebody listens, and where the system tells nobody.</summary>
    public SystemUevents? System { get; private set; }

    /// <summary>From now on also of what happens to the machine's other devices.</summary>
    public void Add(UeventMonitor monitor)
    {
        _monitors.Add(monitor);
        System ??= SystemUevents.Open(this);
    }

    public bool Has(UeventMonitor monitor) => _monitors.Contains(monitor);

    /// <returns>False where it is gone already.</returns>
    public bool Remove(UeventMonitor monitor) => _monitors.Remove(monitor);

    /// <summary>Tells of a device, as the kernel does, and as udev does when it has seen to it.</summary>
    public void Tell(string action, ServedDevice device, params IReadOnlyList<(string Name, string Value)> variables)
    {
        var message = new UeventMessage(action, device, variables, ++_number);
        if (_monitors.Count == 0)
            return;
        Send(UeventGroups.Kernel, message.OfKernel());
        Send(UeventGroups.Udev, message.OfUdev());
    }

    public void Send(UeventGroups group, ReadOnlySpan<byte> message)
    {
        foreach (var monitor in _monitors)
            monitor.Send(group, message);
    }

    /// <summary>The system has told of more than there was room for here.</summary>
    public void Lose()
    {
        foreach (var monitor in _monitors)
            monitor.Lose();
    }

    /// <summary>Nobody is served any more.</summary>
    public void Close()
    {
        foreach (var monitor in _monitors.ToList())
            monitor.OnHangUp();
        System?.Close();
    }
}

/// <summary>Multicast groups of NETLINK_KOBJECT_UEVENT.</summary>
[Flags]
internal enum UeventGroups : uint
{
    None = 0,
    Kernel = 1,
    Udev = 2,
}
