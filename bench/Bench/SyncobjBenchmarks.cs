using System.Diagnostics;
using Akka.Actor;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>Waits for syncobjs through the host API: one that need not wait, one that is woken, ten thousand that are; and what points leave behind.</summary>
internal static class SyncobjBenchmarks
{
    private const int Calls = 100_000;
    private const int Rounds = 9;

    public static IEnumerable<BenchRow> Run()
    {
        yield return Satisfied().GetAwaiter().GetResult();
        yield return Woken().GetAwaiter().GetResult();
        yield return Many().GetAwaiter().GetResult();
        yield return Kept().GetAwaiter().GetResult();
    }

    private static async Task<BenchRow> Satisfied()
    {
        await using var host = await StartAsync();
        await using var card = await host.OpenAsync();
        var wait = new SyncobjWait([await card.CreateSyncobjAsync(signaled: true)], 1, long.MaxValue);
        await using var bare = new BareAsk();
        var (mine, yardstick) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                    if (!(await card.CallAsync(wait)).Ok)
                        throw new InvalidOperationException("the wait was refused");
            },
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                    await bare.AskAsync(wait);
            });
        return new(
            "SYNCOBJ_WAIT that is satisfied", "an Ask of an empty actor", mine / yardstick, 1.5,
            $"at most; {mine / Calls * 1e6:f2} us against {yardstick / Calls * 1e6:f2}");
    }

    // From just before the signal to the first line after the wait, on a thread that had gone to sleep over it. It is known to wait by then.
    private static async Task<BenchRow> Woken()
    {
        const int Signals = 500;
        await using var host = await StartAsync();
        await using var waiter = await host.OpenAsync();
        await using var signaler = await host.OpenAsync();
        var syncobj = await waiter.CreateSyncobjAsync();
        var descriptor = await waiter.ExportSyncobjAsync(syncobj);
        var shared = await signaler.ImportSyncobjAsync(descriptor);
        host.Close(descriptor);
        using var sleeper = new SleepingThread();
        ulong point = 0;
        var (mines, yardsticks) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds * Signals; i++)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            yardsticks.Add(sleeper.Wake(source.Task, source.SetResult));
            point++;
            var wait = waiter.WaitTimelinesAsync([(syncobj, point)], SyncobjWaitFlags.WaitForSubmit);
            await waiter.QueryTimelinesAsync([syncobj]);
            var signaled = Task.CompletedTask;
            mines.Add(sleeper.Wake(wait, () => signaled = signaler.SignalTimelinesAsync([(shared, point)])));
            await signaled;
        }

        var (each, handOver) = (Interleaved.Median(mines), Interleaved.Median(yardsticks));
        return new(
            "from a signal to the thread that waits in another file", "a TaskCompletionSource from thread to thread", each / handOver, 3,
            $"at most; {each * 1e6:f1} us against {handOver * 1e6:f1}");
    }

    private static async Task<BenchRow> Many()
    {
        const int Lots = 10_000;
        const int Few = 1_000;
        await using var host = await StartAsync();
        await using var card = await host.OpenAsync();
        var syncobj = await card.CreateSyncobjAsync();
        ulong point = 0;
        var (many, few) = await Interleaved.Medians(
            Rounds,
            () => WakeAsync(Lots),
            async () =>
            {
                for (var i = 0; i < Lots / Few; i++)
                    await WakeAsync(Few);
            });
        return new(
            "waiting and being woken, of 10,000 for one point", "the same of 1,000", many / few, 1.5,
            $"at most; {many / Lots * 1e6:f2} us each against {few / Lots * 1e6:f2}");

        async Task WakeAsync(int count)
        {
            point++;
            var waits = new Task[count];
            for (var i = 0; i < count; i++)
                waits[i] = card.WaitTimelinesAsync([(syncobj, point)], SyncobjWaitFlags.WaitForSubmit);
            await card.SignalTimelinesAsync([(syncobj, point)]);
            await Task.WhenAll(waits);
        }
    }

    private static async Task<BenchRow> Kept()
    {
        const int Points = 1_000_000;
        await using var host = await StartAsync();
        await using var card = await host.OpenAsync();
        var syncobj = await card.CreateSyncobjAsync();
        await SignalAsync(1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await SignalAsync(Points);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        return new(
            "bytes that a point leaves which has come, of 1,000,000", "none", Math.Max(0, kept) / (double)Points, 0.1,
            $"at most; {kept / 1024} KiB in all");

        async Task SignalAsync(int count)
        {
            var last = (await card.QueryTimelinesAsync([syncobj]))[0];
            for (var i = 1; i <= count; i++)
                await card.SignalTimelinesAsync([(syncobj, last + (ulong)i)]);
        }
    }

    private static Task<DrmHost> StartAsync() =>
        DrmHost.StartAsync(new DrmHostOptions { Boards = { "no-vblank" }, Time = TimeMode.Real, ArenaSize = 1L << 26 });

    /// <summary>A thread that sleeps until a task has ended, and says when it woke.</summary>
    private sealed class SleepingThread : IDisposable
    {
        private readonly Thread _thread;
        private readonly SemaphoreSlim _given = new(0);
        private readonly SemaphoreSlim _woken = new(0);
        private Task? _task;
        private long _at;
        private bool _isTaken;

        public SleepingThread()
        {
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>Seconds from the signal to the thread's first line after the task's end.</summary>
        public double Wake(Task task, Action signal)
        {
            _task = task;
            _given.Release();
            while (!Volatile.Read(ref _isTaken) || !_thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
                Thread.Yield();
            var began = Stopwatch.GetTimestamp();
            signal();
            _woken.Wait();
            _isTaken = false;
            return Stopwatch.GetElapsedTime(began, _at).TotalSeconds;
        }

        public void Dispose()
        {
            _task = null;
            _given.Release();
            _thread.Join();
            _given.Dispose();
            _woken.Dispose();
        }

        private void Run()
        {
            for (_given.Wait(); _task is { } task; _given.Wait())
            {
                Volatile.Write(ref _isTaken, true);
                task.GetAwaiter().GetResult();
                _at = Stopwatch.GetTimestamp();
                _woken.Release();
            }
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class EchoProducer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Echo);

        public ActorBase Produce() => new Echo();

        public void Release(ActorBase actor)
        {
        }
    }
}
