namespace DrmActors.Bridge.Tests;

/// <summary>clients/differences.c: what docs/bridge.md says that differs from a kernel differs so, and nothing is said that is not tested.</summary>
public sealed class DifferenceSpecs
{
    private static readonly string[] Names =
    [
        "bare-system-calls-see-a-socket",
        "others-see-what-carries-it",
        "edges-are-edges",
        "epolls-tell-of-no-overrun",
        "maps-name-the-memory",
        "an-open-file-stays-as-it-was",
        "streams-do-not-hear-of-refusals",
        "a-call-carries-so-much",
        "handlers-of-both-kinds-start-nothing-again",
    ];

    public static TheoryData<string> Scenarios => new(Names);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task It_should_differ_as_documented(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("differences", scenario);
    }

    [Fact]
    public void Every_difference_should_have_its_row()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "bridge.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1]);

        Assert.Equal(Names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }
}
