using System.Diagnostics;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>Buffers that go from a file to another through the host API.</summary>
internal static class PrimeBenchmarks
{
    private const int Rounds = 9;

    // Until the compiler has seen what is hot.
    private const int WarmUp = 12;
    private const int Buffers = 10_000;

    public static IEnumerable<BenchRow> Run()
    {
        yield return ExportAndImport().GetAwaiter().GetResult();
    }

    // Fresh buffers, so that each export makes a dma-buf and each import a handle. Taking them back is not part of it.
    private static async Task<BenchRow> ExportAndImport()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual, ArenaSize = 1L << 30 });
        await using var maker = await host.OpenAsync();
        await using var other = await host.OpenAsync();
        await using var bare = new BareAsk();
        var (mine, yardstick) = (new List<double>(), new List<double>());
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var buffers = new DrmBuffer[Buffers];
            for (var i = 0; i < Buffers; i++)
                buffers[i] = await maker.CreateDumbAsync(32, 32);
            // A client has its handle at hand.
            var handles = buffers.Select(b => b.Handle).ToArray();
            var shared = new (Descriptor Descriptor, GemHandle Handle)[Buffers];
            GC.Collect();
            var asked = Stopwatch.GetTimestamp();
            for (var i = 0; i < Buffers; i++)
                await bare.AskAsync(buffers[i]);
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Buffers; i++)
            {
                var exported = await maker.CallAsync(new PrimeHandleToFd(handles[i], PrimeFlags.ReadWrite));
                var imported = await other.CallAsync(new PrimeFdToHandle(exported.Value!.Descriptor));
                shared[i] = (exported.Value.Descriptor, imported.Value!.Handle);
            }

            if (round >= 0)
            {
                mine.Add(Stopwatch.GetElapsedTime(began).TotalSeconds / Buffers);
                yardstick.Add(Stopwatch.GetElapsedTime(asked, began).TotalSeconds / Buffers);
            }

            for (var i = 0; i < Buffers; i++)
            {
                host.Close(shared[i].Descriptor);
                await other.GemCloseAsync(shared[i].Handle);
                await buffers[i].DisposeAsync();
            }
        }

        var (each, ask) = (Interleaved.Median(mine), Interleaved.Median(yardstick));
        return new(
            "PRIME_HANDLE_TO_FD + PRIME_FD_TO_HANDLE into another file", "an Ask of an empty actor", each / ask, 4,
            $"at most; {each * 1e6:f2} us against {ask * 1e6:f2}");
    }
}
