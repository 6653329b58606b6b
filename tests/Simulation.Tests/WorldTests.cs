using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests;

/// <summary>A world runs as its seed says, and never otherwise.</summary>
public sealed class WorldTests
{
    [Fact]
    public void A_seed_should_always_give_the_same_trace()
    {
        var first = Run(1);
        Assert.Equal((WorldEnd.Passed, null), (first.End, first.Failure));
        for (var i = 0; i < 100; i++)
            Assert.Equal(first.TraceHash, Run(1).TraceHash);
    }

    [Fact]
    public void Seeds_should_give_different_traces() =>
        Assert.Equal(20, Enumerable.Range(0, 20).Select(seed => Run(seed).TraceHash).Distinct().Count());

    [Fact]
    public void Worlds_side_by_side_should_not_touch_each_other()
    {
        var alone = Enumerable.Range(0, 8).Select(seed => Run(seed).TraceHash).ToList();
        var together = new ulong[64];

        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = together.Length }, i => together[i] = Run(i % 8).TraceHash);

        for (var i = 0; i < together.Length; i++)
            Assert.Equal(alone[i % 8], together[i]);
    }

    private static WorldOutcome Run(int number)
    {
        var seed = new Seed(number);
        var options = new DrmHostOptions { Boards = { "vkms" }, ArenaSize = 64L << 20 };
        return new WorldRun(new RandomSchedule(seed.Fork()), seed.Fork(), options, stepLimit: 1_000_000).Run(world =>
        {
            for (var i = 0; i < 4; i++)
                world.Start($"{i}", () => ClientAsync(world));
            return Task.CompletedTask;
        });
    }

    private static async Task ClientAsync(DrmWorld world)
    {
        await using var card = await world.Host.OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            var buffer = await card.CreateDumbAsync(64, 64);
            await card.CallAsync(new GemClose(buffer.Handle));
        }
    }
}
