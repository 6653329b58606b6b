using System.Text.RegularExpressions;

namespace DrmActors.Actors.Tests;

/// <summary>
/// Nothing under src/ keeps time, chooses at random or starts a thread on its own. The analyzer refuses the banned symbols; this holds the
/// exceptions to the list that has a reason for each, and shows that the analyzer looks.
/// </summary>
public sealed class DeterminismSpecs
{
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["src/Hardware/Time/RealClock.cs"] = "real time has to come from somewhere: one thread that waits for the next alarm",
        ["src/Bridge/Transport/ReaderThread.cs"] = "one thread waits for what other processes send",
        ["src/Simulation/Schedules/Seed.cs"] = "a seeded world draws its choices from somewhere: its seed",
    };

    private static readonly string Root = FindRoot();

    [Fact]
    public void Exceptions_should_stand_in_the_list()
    {
        var found = Sources()
            .Where(f => File.ReadAllText(f).Contains("RS0030", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Root, f))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void No_project_should_switch_the_analyzer_off()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, ".editorconfig")))
            Assert.DoesNotContain("RS0030", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("BannedSymbols.txt", File.ReadAllText(Path.Combine(Root, "Directory.Build.targets")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_banned_symbol_should_have_a_reason()
    {
        foreach (var line in File.ReadLines(Path.Combine(Root, "src", "BannedSymbols.txt")).Where(l => l.Length > 0))
            Assert.Matches(new Regex("^[TMPF]:[^;]+;.+$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), line);
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DrmActors.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no DrmActors.sln above the tests");
        return folder;
    }
}
