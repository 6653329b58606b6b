using System.Collections.Immutable;

namespace DrmActors.Hardware.Boards;

/// <summary>The keys between a pair of braces. Every getter throws <see cref="BoardException"/> for what is missing or wrong.</summary>
/// <param name="prefix">"" at the top, "components.vopb." within.</param>
internal sealed class BoardSection(HoconDocument document, string prefix)
{
    private static readonly Dictionary<string, bool> Switch = new(StringComparer.Ordinal) { ["on"] = true, ["off"] = false };

    /// <summary>Its own keys, in the order of the text.</summary>
    internal IEnumerable<string> Names => document.Keys
        .Where(k => k.Path.StartsWith(prefix, StringComparison.Ordinal))
        .Select(k => k.Path[prefix.Length..].Split('.')[0])
        .Distinct(StringComparer.Ordinal);

    /// <summary>Refuses every other key.</summary>
    internal BoardSection Only(params string[] keys)
    {
        foreach (var name in Names)
        {
            if (keys.Contains(name, StringComparer.Ordinal)) continue;
            var path = prefix + name;
            var line = document.Keys.First(k => IsAtOrUnder(k, path)).Line;
            throw document.Broken(line, path, "an unknown key", Choices(name, keys));
        }

        return this;
    }

    internal bool Has(string key) => document.Keys.Any(k => IsAtOrUnder(k, prefix + key));

    internal BoardSection Section(string key)
    {
        Expect(key, ValueShape.Section, "a section in braces");
        return new BoardSection(document, $"{prefix}{key}.");
    }

    /// <summary>Text that is not empty.</summary>
    internal string Text(string key, string allowed = "text")
    {
        Expect(key, ValueShape.Value, allowed);
        var text = Value(key, allowed, path => document.Values.GetString(path));
        return string.IsNullOrWhiteSpace(text) ? throw Broken(key, text is null ? "null" : "nothing", allowed) : text;
    }

    internal ImmutableArray<string> Texts(string key, string allowed)
    {
        Expect(key, ValueShape.List, allowed);
        var texts = Value(key, allowed, path => document.Values.GetStringList(path));
        return texts.Count == 0 ? throw Broken(key, "an empty list", allowed) : [.. texts.Select(t => t ?? "null")];
    }

    /// <summary>One of some words.</summary>
    internal T OneOf<T>(string key, IReadOnlyDictionary<string, T> words) =>
        Word(key, Text(key, string.Join(", ", words.Keys)), words);

    /// <summary>on or off; <paramref name="otherwise"/> where the key does not stand, and null where it has to.</summary>
    internal bool IsOn(string key, bool? otherwise = false) => otherwise is { } value && !Has(key) ? value : OneOf(key, Switch);

    /// <summary>A list of some words, each at most once.</summary>
    internal ImmutableArray<T> SomeOf<T>(string key, IReadOnlyDictionary<string, T> words)
    {
        var texts = Texts(key, $"a list of {string.Join(", ", words.Keys)}");
        foreach (var twice in texts.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
            throw Broken(key, $"'{twice.Key}' twice", "each once");
        return [.. texts.Select(t => Word(key, t, words))];
    }

    internal BoardException Broken(string key, string found, string allowed, Exception? cause = null) =>
        document.Broken(LineOf(key), prefix + key, found, allowed, cause);

    // The outline does not see through substitutions, nor into lists. What a getter throws then is the reader's own affair.
    private T Value<T>(string key, string allowed, Func<string, T> read)
    {
        try
        {
            return read(prefix + key);
        }
        catch (Exception e)
        {
            throw Broken(key, e.Message, allowed, e);
        }
    }

    private T Word<T>(string key, string text, IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(text, out var value) ? value : throw Broken(key, $"'{text}'", Choices(text, words.Keys));

    private void Expect(string key, ValueShape shape, string allowed)
    {
        var path = prefix + key;
        if (!Has(key)) throw Broken(key, "no such key", allowed);
        var found = document.Keys.Last(k => IsAtOrUnder(k, path));
        var foundShape = found.Path.Length > path.Length ? ValueShape.Section : found.Shape;
        if (foundShape == shape) return;
        throw Broken(key, foundShape switch { ValueShape.Section => "a section", ValueShape.List => "a list", _ => "a value" }, allowed);
    }

    /// <summary>Of the key, else of its section's first mention.</summary>
    private int LineOf(string key)
    {
        var path = prefix + key;
        return document.Keys.LastOrDefault(k => string.Equals(k.Path, path, StringComparison.Ordinal)) is { Line: > 0 } own ? own.Line
            : document.Keys.FirstOrDefault(k => IsAtOrUnder(k, prefix.TrimEnd('.'))) is { Line: > 0 } section ? section.Line
            : 1;
    }

    private static bool IsAtOrUnder(OutlineKey key, string path) =>
        key.Path.StartsWith(path, StringComparison.Ordinal) && (key.Path.Length == path.Length || key.Path[path.Length] == '.');

    private static string Choices(string found, IEnumerable<string> allowed) =>
        string.Join(", ", allowed) + (NearestKey.To(found, allowed) is { } nearest ? $" (did you mean {nearest}?)" : "");
}
