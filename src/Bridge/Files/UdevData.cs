using System.Text;
using DrmActors.Kms;

namespace DrmActors.Bridge.Files;

/// <summary>What udev has stored of a card and its connectors, as systemd writes it: session software takes no device without.</summary>
internal static class UdevData
{
    private const long Microsecond = 1000;
    private static readonly string[] Tags = ["master-of-seat", "seat", "uaccess"];
    private static readonly string[] RenderTags = ["uaccess"];

    public static void Add(ServedFolder data, ServedCard card)
    {
        foreach (var (_, minor, kind) in card.Nodes)
        {
            var entry = $"S:dri/by-path/platform-{card.Device}-{kind}\n" + Entry(card, Since(card), minor == card.Minor ? Tags : RenderTags);
            data.Text($"c226:{minor}", entry);
        }
    }

    public static void Add(ServedFolder data, ServedCard card, Connector connector)
    {
        // When it came, and not when it is read.
        var entry = Entry(card, Since(card), Tags);
        data.Text($"+drm:{card.Name}-{ServedCard.NameOf(connector)}", entry);
    }

    private static long Since(ServedCard card) => Math.Max(1, card.Host.Clock.Now / Microsecond);

    private static string Entry(ServedCard card, long since, string[] tags)
    {
        var text = new StringBuilder();
        text.Append($"I:{since}\n");
        text.Append($"E:ID_PATH=platform-{card.Device}\n");
        text.Append($"E:ID_PATH_TAG=platform-{card.Device.Replace('.', '_')}\n");
        text.Append($"E:ID_FOR_SEAT=drm-platform-{card.Device.Replace('.', '_')}\n");
        text.Append("E:ID_SEAT=seat0\n");
        foreach (var kind in "GQ")
            foreach (var tag in tags)
                text.Append($"{kind}:{tag}\n");
        return text.Append("V:1\n").ToString();
    }
}
