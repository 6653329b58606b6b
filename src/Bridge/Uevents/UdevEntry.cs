using System.Collections.Immutable;
using System.Text;

namespace DrmActors.Bridge.Uevents;

/// <summary>What udev has stored of a device.</summary>
/// <param name="Since">Microseconds since boot when it came.</param>
/// <param name="Link">Below /dev; empty for none.</param>
internal sealed record UdevEntry(long Since, string Link, ImmutableArray<(string Name, string Value)> Properties, ImmutableArray<string> Tags)
{
    /// <summary>As it stands in /run/udev/data; systemd's form.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Link.Length > 0 ? $"S:{Link}\n" : "");
            text.Append($"I:{Since}\n");
            foreach (var (name, value) in Properties)
                text.Append($"E:{name}={value}\n");
            foreach (var kind in "GQ")
                foreach (var tag in Tags)
                    text.Append($"{kind}:{tag}\n");
            return text.Append("V:1\n").ToString();
        }
    }

    /// <summary>As a uevent of udev's has it.</summary>
    public IEnumerable<(string Name, string Value)> Variables
    {
        get
        {
            if (Link.Length > 0)
                yield return ("DEVLINKS", $"/dev/{Link}");
            yield return ("USEC_INITIALIZED", $"{Since}");
            foreach (var property in Properties)
                yield return property;
            var tags = string.Concat(Tags.Select(tag => $":{tag}")) + ":";
            yield return ("TAGS", tags);
            yield return ("CURRENT_TAGS", tags);
        }
    }
}
