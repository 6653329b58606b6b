using System.Text;

namespace DrmActors.Bridge.Files;

/// <summary>What udev has stored of a card and its connectors, as systemd writes it: session software takes no device without.</summary>
internal static class UdevData
{
    private const long Microsecond = 1000;
    private static readonly string[] Tags = ["master-of-seat", "seat", "uaccess"];

    public static void Add(ServedFolder data, ServedCard card)
    {
        var since = Math.Max(1, card.Host.Clock.Now / Microsecond);
        data.Text($"c226:{card.Minor}", $"S:dri/by-path/platform-{card.Device}-card\n" + Entry(card, since));
        foreach (var connector in card.State.Config.Connectors)
            data.Text($"+drm:{card.Name}-{ServedCard.NameOf(connector)}", Entry(card, since));
    }

    private static string Entry(ServedCard card, long since)
    {
        var text = new StringBuilder();
        text.Append($"I:{since}\n");
        text.Append($"E:ID_PATH=platform-{card.Device}\n");
        text.Append($"E:ID_PATH_TAG=platform-{card.Device.Replace('.', '_')}\n");
        text.Append($"E:ID_FOR_SEAT=drm-platform-{card.Device.Replace('.', '_')}\n");
        text.Append("E:ID_SEAT=seat0\n");
        foreach (var kind in "GQ")
            foreach (var tag in Tags)
                text.Append($"{kind}:{tag}\n");
        return text.Append("V:1\n").ToString();
    }
}
