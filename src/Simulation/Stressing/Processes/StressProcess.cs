using DrmActors.Hardware.Time;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>A client that has a process of its own.</summary>
public static class StressProcess
{
    private const long BetweenLines = 100_000_000;
    private static readonly TimeSpan WithoutCard = TimeSpan.FromMilliseconds(10);

    /// <summary>Calls until the input ends, and tells what came of it, a line now and then.</summary>
    /// <param name="cards">The paths of their nodes, at which it takes turns.</param>
    /// <exception cref="WorkloadMixException">No such mix, or a broken one.</exception>
    public static async Task RunAsync(string mix, int seed, IReadOnlyList<string> cards, Stream input, TextWriter output)
    {
        var weights = WorkloadMix.Load(mix);
        var total = weights.Total;
        using var clock = new RealClock();
        var client = new RealClient(clock, cards, seed);
        var chance = new Seed(seed);
        var end = input.ReadAsync(new byte[1]).AsTask();
        var told = clock.Now;
        while (!end.IsCompleted)
        {
            if (client.Calls.Card < 0)
                client.Run(new OpenCall(Root: true));
            if (client.Calls.Card < 0)
                await Task.Delay(WithoutCard, clock);
            client.Run(weights.At(chance.Below(total)).Draw(chance));
            if (clock.Now - told < BetweenLines)
                continue;
            told = clock.Now;
            await output.WriteLineAsync(client.Calls.Take().ToJson());
            await output.FlushAsync();
        }

        client.CloseAll();
        await output.WriteLineAsync(client.Calls.Take().ToJson());
    }
}
