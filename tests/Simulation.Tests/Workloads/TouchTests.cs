using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>What a client reads and writes in memory, while several of its calls map the same.</summary>
public sealed class TouchTests
{
    private const int Rounds = 2000;

    [Fact]
    public async Task Calls_of_one_client_should_see_what_each_of_them_has_written()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vgem" }, Time = TimeMode.Real });
        var watch = new RunWatch([new SharedMemoryStays()]);
        var client = new WorkloadClient(0, host, RunBoard.All(host, new FaultCounts(), quiet: null), watch);
        Assert.Equal(Errno.None, await client.OpenAsync(asRoot: true));
        client.IsConcurrent = true;
        for (var round = 0; round < Rounds; round++)
        {
            var buffer = (await client.CreateDumbAsync(16, 16, 32)).Value!;
            await Task.WhenAll(Task.Run(() => client.MapAsync(buffer, extra: 0)), Task.Run(() => client.MapAsync(buffer, extra: 0)));
            foreach (var mapping in client.Mappings.TakeAll())
                client.Unmap(mapping);
            Assert.Equal(Errno.None, await client.CloseHandleAsync(buffer, new GemClose(buffer.Handle)));
        }

        await client.FinishAsync();
    }
}
