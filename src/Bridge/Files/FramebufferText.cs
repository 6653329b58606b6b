using System.Globalization;
using System.Text;
using DrmActors.Kms;

namespace DrmActors.Bridge.Files;

/// <summary>Framebuffers, as debugfs prints them by themselves ("framebuffer") and with their planes ("state").</summary>
internal static class FramebufferText
{
    /// <summary>All of a card, the youngest first.</summary>
    public static string Of(ServedCard card)
    {
        var text = new StringBuilder();
        foreach (var framebuffer in card.State.Framebuffers.Values.Reverse())
        {
            text.Append(CultureInfo.InvariantCulture, $"framebuffer[{framebuffer.Id.Value}]:\n");
            Append(text, card, framebuffer, "\t");
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, ServedCard card, Framebuffer framebuffer, string indent)
    {
        var users = card.State.Planes.Count(p => p.Framebuffer?.Id == framebuffer.Id);
        Line(text, indent, $"allocated by = {OwnerOf(card, framebuffer)}");
        Line(text, indent, $"refcount={1 + users}");
        Line(text, indent, $"format={FormatOf(framebuffer.Format)}");
        Line(text, indent, $"modifier=0x{framebuffer.Modifier:x}");
        Line(text, indent, $"size={framebuffer.Width}x{framebuffer.Height}");
        Line(text, indent, $"layers:");
        for (var i = 0; i < framebuffer.Buffers.Length; i++)
            Append(text, framebuffer, i, indent + "\t");
    }

    private static void Append(StringBuilder text, Framebuffer framebuffer, int i, string indent)
    {
        var buffer = framebuffer.Buffers[i];
        Line(text, indent, $"size[{i}]={framebuffer.Width}x{framebuffer.Height}");
        Line(text, indent, $"pitch[{i}]={buffer.Pitch}");
        Line(text, indent, $"offset[{i}]={buffer.Offset}");
        Line(text, indent, $"obj[{i}]:");
    }

    private static string OwnerOf(ServedCard card, Framebuffer framebuffer)
    {
        if (framebuffer.IsConsole)
            return "[fbcon]";
        return card.View.Files.Find(f => f.Id == framebuffer.Owner) is { } file ? ClientsText.CommandOf(file) : "";
    }

    /// <summary>As "XR24 little-endian (0x34325258)".</summary>
    private static string FormatOf(uint fourcc)
    {
        const uint bigEndian = 1u << 31;
        var letters = string.Create(4, fourcc & ~bigEndian, static (to, code) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = (char)((code >> (8 * i)) & 0xff);
        });
        return $"{letters} {((fourcc & bigEndian) == 0 ? "little" : "big")}-endian (0x{fourcc:x8})";
    }

    private static void Line(StringBuilder text, string indent, FormattableString line) =>
        text.Append(indent).Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
