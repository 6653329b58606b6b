using DrmActors.Hardware.Boards;

namespace DrmActors.Hardware.Tests.Boards;

/// <summary>docs/adding-a-board.md has every key that the reader knows, and no other.</summary>
public sealed class DocumentedKeyTests
{
    private static readonly HashSet<string> Documented = [.. Rows().SelectMany(KeysOf)];

    [Fact]
    public void Every_key_should_be_documented() =>
        Assert.Empty(BoardKeys.All.SelectMany(s => s.Keys.Select(k => (s.Section, Key: k)))
            .Where(k => k.Section.Length > 0 || k.Key is not ("driver" or "mode-config" or "memory" or "firmware-framebuffer" or "components"))
            .Where(k => !Documented.Contains(k.Key))
            .Select(k => k.Section + k.Key));

    [Fact]
    public void Every_documented_key_should_be_known()
    {
        var known = BoardKeys.All.SelectMany(s => s.Keys).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(known, Documented);
    }

    private static IEnumerable<string> Rows() => File.ReadLines(Page()).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "docs", "adding-a-board.md") is var page && File.Exists(page))
                return page;
        throw new FileNotFoundException("docs/adding-a-board.md");
    }

    // The first cell: `a`, `b` or `section.a`, `.b`.
    private static IEnumerable<string> KeysOf(string row) =>
        row.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1).Select(quoted => quoted.Split('.')[^1]);
}
