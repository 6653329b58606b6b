using DrmActors.Actors.Fences;
using DrmActors.Hosting;

namespace DrmActors.Bench;

/// <summary>What fences leave behind that have come.</summary>
internal static class FenceBenchmarks
{
    private const int Fences = 1_000_000;

    public static IEnumerable<BenchRow> Run()
    {
        yield return Kept().GetAwaiter().GetResult();
        yield return KeptByReservation();
    }

    // Each with a sync file, waited for, signalled and closed.
    private static async Task<BenchRow> Kept()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" }, Time = TimeMode.Real, ArenaSize = 1L << 26 });
        var timeline = host.OpenSwSync();
        uint point = 0;
        await SignalAsync(1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await SignalAsync(Fences);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        host.Close(timeline);
        return new(
            "bytes that a fence leaves which has come, of 1,000,000 with sync files", "none", Math.Max(0, kept) / (double)Fences, 0.1,
            $"at most; {kept / 1024} KiB in all");

        async Task SignalAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var fence = await host.CreateFenceAsync(timeline, ++point);
                var waiting = host.WaitAsync(fence);
                await host.AdvanceAsync(timeline);
                if (!await waiting)
                    throw new InvalidOperationException("the fence did not come");
                host.Close(fence);
            }
        }
    }

    // As writers of one buffer, each of a context of its own.
    private static BenchRow KeptByReservation()
    {
        var (contexts, reservation) = (new FenceContexts(), new Reservation());
        Use(1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Use(Fences);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(reservation);
        return new(
            "bytes that a fence leaves which has come, of 1,000,000 that wrote to a buffer", "none", Math.Max(0, kept) / (double)Fences, 0.1,
            $"at most; {kept / 1024} KiB in all");

        void Use(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var fence = new FenceTimeline("bench", "writers", contexts.Next()).Next();
                reservation.Add(fence, FenceUsage.Write);
                fence.Signal(i);
            }
        }
    }
}
