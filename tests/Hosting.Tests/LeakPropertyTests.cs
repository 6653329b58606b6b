using DrmActors.Hardware.Memory;
using Xunit.Abstractions;

namespace DrmActors.Hosting.Tests;

/// <summary>Whatever clients do, and however they end: afterwards nothing is held.</summary>
public sealed class LeakPropertyTests(ITestOutputHelper output)
{
    private const int Sequences = 10_000;
    private const int SequencesAHost = 500;
    private const int ClientsAtMost = 4;
    private const int CallsAtMost = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Ten_thousand_random_sequences_by_clients_of_which_some_are_killed_should_leak_nothing()
    {
        // The variable repeats a run.
        var first = int.TryParse(Environment.GetEnvironmentVariable("DRM_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"DRM_SEED={first}");
        for (var done = 0; done < Sequences; done += SequencesAHost)
            await RunHostAsync(first + done).WaitAsync(Patience);
    }

    private static async Task RunHostAsync(int seed)
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Time = TimeMode.Virtual, ArenaSize = 64L << 20 });
        var idle = host.Usage;
        for (var sequence = seed; sequence < seed + SequencesAHost; sequence++)
            await RunSequenceAsync(host, sequence);
        // What the killed held comes back by itself.
        for (var deadline = Environment.TickCount64 + 10_000; host.Usage != idle && Environment.TickCount64 < deadline;)
            await Task.Yield();
        Assert.Equal(idle, host.Usage);
        Assert.Equal(new LeakReport(0, 0, 0, 0), await host.ShutdownAsync());
    }

    // Its clients run at the same time, each with a generator of its own.
    private static async Task RunSequenceAsync(DrmHost host, int seed)
    {
        try
        {
            var random = new Random(seed);
            var clients = new List<Task>();
            for (var i = random.Next(1, ClientsAtMost + 1); i > 0; i--)
            {
                var own = new Random(random.Next());
                clients.Add(Task.Run(async () =>
                {
                    var client = new RandomClient(await host.OpenAsync(), own);
                    await client.RunAsync(own.Next(CallsAtMost));
                    await client.EndAsync();
                }));
            }

            await Task.WhenAll(clients).WaitAsync(Patience);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"sequence {seed}: {e.Message}", e);
        }
    }
}
