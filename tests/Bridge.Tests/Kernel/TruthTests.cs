namespace DrmActors.Bridge.Tests.Kernel;

/// <summary>
/// One C program asks a card 438 questions; its answers here are those that Linux 6.1 gave with vkms, line by line. What waits for calls that are
/// not built stands in waiting.tsv with its reason, and a line that is equal may not stand there: the file only ever shrinks.
/// </summary>
public sealed class TruthTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Kernel");

    private static readonly Dictionary<string, string> Waiting = Read("waiting.tsv");

    [Theory]
    [InlineData("root", 0)]
    [InlineData("user", 1000)]
    public async Task Answers_should_be_the_kernels(string who, int user)
    {
        var ours = await AskAsync(user);
        var kernels = Read($"truth-vkms-{who}.tsv");

        Assert.Equal(kernels.Keys, ours.Keys);
        var wrong = kernels.Where(k => ours[k.Key] != k.Value && !Waiting.ContainsKey(k.Key))
            .Select(k => $"{k.Key}: the kernel says {k.Value}, we say {ours[k.Key]}");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Lines_that_wait_should_be_different_still()
    {
        var equal = Waiting.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (who, user) in new[] { ("root", 0), ("user", 1000) })
        {
            var (ours, kernels) = (await AskAsync(user), Read($"truth-vkms-{who}.tsv"));
            equal.RemoveWhere(name => ours[name] != kernels[name]);
        }

        Assert.True(equal.Count == 0, $"take out of waiting.tsv: {string.Join(' ', equal)}");
    }

    private static async Task<Dictionary<string, string>> AskAsync(int user)
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user);
        return Parse((await rig.RunAsync(CClients.Build("truth", "-w"))).Output.Split('\n'));
    }

    private static Dictionary<string, string> Read(string file) => Parse(File.ReadAllLines(Path.Combine(Folder, file)));

    private static Dictionary<string, string> Parse(IEnumerable<string> lines) =>
        lines.Where(l => l.Length > 0).Select(l => l.Split('\t', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
}
