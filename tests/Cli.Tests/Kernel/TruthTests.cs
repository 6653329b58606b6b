using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests.Kernel;

/// <summary>
/// One C program asks a card 438 questions; its answers here are those that Linux 6.1 gave with vkms, line by line.
/// </summary>
public sealed class TruthTests(TruthTests.Answers answers) : IClassFixture<TruthTests.Answers>
{
    [Theory]
    [InlineData("root")]
    [InlineData("user")]
    public void Answers_should_be_the_kernels(string who)
    {
        var (ours, kernels) = (answers.To(who), Read($"truth-vkms-{who}.tsv"));

        Assert.Equal(kernels.Keys, ours.Keys);
        var wrong = kernels.Where(k => ours[k.Key] != k.Value)
            .Select(k => $"{k.Key}: the kernel says {k.Value}, we say {ours[k.Key]}");
        Assert.Empty(wrong);
    }

    private static Dictionary<string, string> Read(string file) =>
        Parse(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Kernel", file)));

    private static Dictionary<string, string> Parse(IEnumerable<string> lines) =>
        lines.Where(l => l.Length > 0).Select(l => l.Split('\t', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    /// <summary>What the program was answered, asked once as each.</summary>
    public sealed class Answers : IDisposable
    {
        private readonly Programs _programs = new();
        private readonly Dictionary<string, Dictionary<string, string>> _all = new(StringComparer.Ordinal);

        internal Dictionary<string, string> To(string who)
        {
            if (_all.TryGetValue(who, out var known))
                return known;
            var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernel", "truth.c"));
            var program = _programs.Compile($"truth-{who}", source, "-w", "-pthread", "-I/usr/include/libdrm");
            var (_, output, error) = DrmProgram("run", "--board", "vkms", $"--as-{who}", "--", program);
            Assert.Empty(error);
            return _all[who] = Parse(output.Split('\n'));
        }

        public void Dispose() => _programs.Dispose();
    }
}
