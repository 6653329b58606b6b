using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests.Kernel;

/// <summary>
/// One C program asks a card 438 questions; its answers here are those that Linux 6.1 gave with vkms, line by line.
/// </summary>
public sealed class TruthTests(TruthTests.Answers answers) : IClassFixture<TruthTests.Answers>
{
    private const int MostRuns = 3;

    // Asked while a flip is under way, which ends with the frame: a machine that is busy may ask a frame too late, and is asked again.
    private static readonly string[] WithinAFrame = ["flip.pending", "atomic.busy", "atomic2.nonblock-while-busy"];

    [Theory]
    [InlineData("root")]
    [InlineData("user")]
    public void Answers_should_be_the_kernels(string who)
    {
        var kernels = Read($"truth-vkms-{who}.tsv");
        var wrong = new List<(string Question, string Answers)>();
        for (var run = 0; run < MostRuns && (run == 0 || (wrong.Count > 0 && wrong.TrueForAll(w => WithinAFrame.Contains(w.Question)))); run++)
        {
            var ours = answers.To(who);
            Assert.Equal(kernels.Keys, ours.Keys);
            wrong = [.. kernels.Where(k => ours[k.Key] != k.Value).Select(k => (k.Key, $"the kernel says {k.Value}, we say {ours[k.Key]}"))];
        }

        Assert.Empty(wrong);
    }

    private static Dictionary<string, string> Read(string file) =>
        Parse(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Kernel", file)));

    private static Dictionary<string, string> Parse(IEnumerable<string> lines) =>
        lines.Where(l => l.Length > 0).Select(l => l.Split('\t', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    /// <summary>What the program is answered.</summary>
    public sealed class Answers : IDisposable
    {
        private readonly Programs _programs = new();
        private string? _program;

        internal Dictionary<string, string> To(string who)
        {
            var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernel", "truth.c"));
            _program ??= _programs.Compile("truth", source, "-w", "-pthread", "-I/usr/include/libdrm");
            var (_, output, error) = DrmProgram("run", "--board", "vkms", $"--as-{who}", "--", _program);
            Assert.Empty(error);
            return Parse(output.Split('\n'));
        }

        public void Dispose() => _programs.Dispose();
    }
}
