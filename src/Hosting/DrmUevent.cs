using System.Globalization;
using System.Text;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>What happened to a card, as udev hears of it.</summary>
public enum UeventAction
{
    /// <summary>It is there.</summary>
    Add,

    /// <summary>It is gone.</summary>
    Remove,

    /// <summary>Something about it changed.</summary>
    Change,
}

/// <summary>A uevent of a card.</summary>
/// <param name="Minor">N of cardN.</param>
/// <param name="Hotplug">HOTPLUG=1: of a connector the status, the monitor or a property changed, or a connector came or went.</param>
/// <param name="Lease">LEASE=1: a lessee has given back what it had.</param>
/// <param name="Connector">CONNECTOR=ID; none where it is not about one.</param>
/// <param name="Property">PROPERTY=ID; none where it is not about one.</param>
public sealed record DrmUevent(UeventAction Action, int Minor, bool Hotplug, bool Lease, ConnectorId Connector, PropertyId Property)
{
    /// <summary>The variables, one a line, as udevadm monitor prints those of DRM.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"ACTION={Action.ToString().ToLowerInvariant()}\nDEVNAME=/dev/dri/card{Minor.ToString(CultureInfo.InvariantCulture)}\n");
        if (Hotplug)
            text.Append("HOTPLUG=1\n");
        if (Lease)
            text.Append("LEASE=1\n");
        if (!Connector.IsNone)
            text.Append(CultureInfo.InvariantCulture, $"CONNECTOR={Connector.Value}\n");
        if (!Property.IsNone)
            text.Append(CultureInfo.InvariantCulture, $"PROPERTY={Property.Value}\n");
        return text.ToString();
    }
}
