using System.Collections.Immutable;
using DrmActors.Bridge.Uevents;

namespace DrmActors.Bridge.Files;

/// <summary>What udev has stored of a card and its connectors, as systemd writes it: session software takes no device without.</summary>
internal static class UdevData
{
    private const long Microsecond = 1000;
    private static readonly ImmutableArray<string> Tags = ["master-of-seat", "seat", "uaccess"];
    private static readonly ImmutableArray<string> RenderTags = ["uaccess"];

    /// <summary>Of a card's node.</summary>
    /// <param name="kind">"card" or "render".</param>
    public static UdevEntry OfNode(ServedCard card, string kind) =>
        EntryOf(card, $"dri/by-path/platform-{card.Device}-{kind}", kind == "card" ? Tags : RenderTags);

    public static UdevEntry OfConnector(ServedCard card) => EntryOf(card, "", Tags);

    // When it came, and not when it is read.
    private static UdevEntry EntryOf(ServedCard card, string link, ImmutableArray<string> tags) => new(
        Math.Max(1, card.Host.Clock.Now / Microsecond),
        link,
        [
            ("ID_PATH", $"platform-{card.Device}"),
            ("ID_PATH_TAG", $"platform-{card.Device.Replace('.', '_')}"),
            ("ID_FOR_SEAT", $"drm-platform-{card.Device.Replace('.', '_')}"),
            ("ID_SEAT", "seat0"),
        ],
        tags);
}
