using DrmActors.Simulation.Stressing;

namespace DrmActors.Simulation.Tests;

/// <summary>How calls are shared out among clients of which each calls as fast as it is answered.</summary>
/// <remarks>Alone: tests beside it take the cores from some of the clients for longer than a fair share lasts.</remarks>
[Collection(nameof(FairnessTests))]
[CollectionDefinition(nameof(FairnessTests), DisableParallelization = true)]
public sealed class FairnessTests
{
    private const int Many = 256;

    // What waits for vblanks, and for others who do, is as slow as it is drawn often.
    private const string WithoutWaiting = """
        weights { open = 4, close = 1, create-dumb = 10, gem-close = 10, map = 5, touch = 5, unmap = 5, flink = 4, gem-open = 4, add-fb = 4, rm-fb = 4, get-resources = 10 }
        """;

    [Fact]
    public async Task No_client_of_many_should_get_less_than_half_of_what_the_one_in_the_middle_gets()
    {
        var shown = 0;
        var mix = Path.Combine(Path.GetTempPath(), $"mix-{Environment.ProcessId}.conf");
        File.WriteAllText(mix, WithoutWaiting);
        try
        {
            // The first calls wait for the compiler, some clients' longer than others'.
            await RunAsync(20_000, mix, _ => { });
            var result = await RunAsync(300_000, mix, _ => shown++);
            Assert.True(result.Passed, $"{result.Broken} {result.Leaks}");
            Assert.True(result.Figures.Clients.Fairness >= 0.5, result.Figures.Clients.ToString());
            Assert.InRange(result.Figures.Clients.Median, 20, long.MaxValue);
            Assert.InRange(shown, 2, int.MaxValue);
        }
        finally
        {
            File.Delete(mix);
        }
    }

    private static Task<StressResult> RunAsync(long operations, string mix, Action<StressFigures> show)
    {
        var options = new StressOptions { Operations = operations, Seed = 7 };
        options.Workloads.Clients = Many;
        options.Workloads.Mix = mix;
        return DrmStress.RunAsync(options, show);
    }
}
