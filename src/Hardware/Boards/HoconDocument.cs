using System.Collections.Immutable;
using Hocon;

namespace DrmActors.Hardware.Boards;

/// <summary>A parsed text together with its outline: the values from the one, the lines from the other.</summary>
internal sealed class HoconDocument
{
    private readonly string _file;

    /// <exception cref="BoardException">Not HOCON, or a key with a value of its own twice.</exception>
    internal HoconDocument(string text, string file)
    {
        _file = file;
        Keys = HoconOutline.Of(text);
        // Not every reader takes a text without any key.
        Values = Keys.IsEmpty ? Config.Empty : Parse(text);
        foreach (var twice in Keys.Where(k => k.Shape != ValueShape.Section).GroupBy(k => k.Path, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
            throw Broken(twice.Last().Line, twice.Key, "the key again", $"each key once (it is in line {twice.First().Line})");
    }

    internal Config Values { get; }

    internal ImmutableArray<OutlineKey> Keys { get; }

    internal BoardSection Root => new(this, "");

    internal BoardException Broken(int line, string key, string found, string allowed, Exception? cause = null) =>
        new(_file, line, key, found, allowed, cause);

    private Config Parse(string text)
    {
        try
        {
            return HoconConfigurationFactory.ParseString(text);
        }
        catch (HoconParserException e)
        {
            throw Broken(e.LineNumber, "", e.Message, "HOCON", e);
        }
    }
}
