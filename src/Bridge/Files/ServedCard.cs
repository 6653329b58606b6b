using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Calls;
using DrmActors.Hosting;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>A card, as its files see it.</summary>
internal sealed record ServedCard(DrmHost Host, int Minor, CardView Card)
{
    public string Name => $"card{Minor}";

    /// <summary>The platform device's name in sysfs.</summary>
    public string Device => Card.Board.Device;

    public string DevicePath => $"/sys/devices/platform/{Device}";

    public string CardPath => $"{DevicePath}/drm/{Name}";

    /// <summary>Its device nodes: the card's own, and renderDN where the driver renders.</summary>
    public IEnumerable<(string Name, int Minor, string Kind)> Nodes
    {
        get
        {
            yield return (Name, Minor, "card");
            if (View.RenderMinor != 0)
                yield return ($"renderD{View.RenderMinor}", View.RenderMinor, "render");
        }
    }

    public DeviceView View => Card.View;

    public KmsState State => Card.View.State;

    /// <summary>Known from a device tree; else a platform device that a module has made.</summary>
    public bool IsOfDeviceTree => !string.Equals(Card.Board.Driver.Name, Device.Split('.')[0], StringComparison.Ordinal);

    public static string NameOf(Connector connector) => ConnectorNames.Spell(connector.Type, connector.TypeId);

    /// <summary>Sets a connector's status, unless null, and looks for its monitor.</summary>
    /// <param name="probes">False to leave the looking to whoever does it next.</param>
    public void Force(Connector connector, ConnectorForce? force, Action<Errno> answer, bool probes = true) =>
        Host.Supervisor.Tell(
            new ForceConnector(Minor, connector.Id, force, probes),
            Host.System.ActorOf(ReplyActor.Props(reply => answer(((Reply<ModeConnector>)reply).Errno))));

    /// <summary>Puts an EDID in place of what its monitors say; none to believe them again.</summary>
    public void OverrideEdid(Connector connector, ImmutableArray<byte> edid, Action<Errno> answer) =>
        Host.Supervisor.Tell(
            new OverrideEdid(Minor, connector.Id, edid),
            Host.System.ActorOf(ReplyActor.Props(reply => answer(((Reply<Done>)reply).Errno))));
}
