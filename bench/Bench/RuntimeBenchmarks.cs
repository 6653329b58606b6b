using Akka.Actor;
using Akka.Configuration;

namespace DrmActors.Bench;

/// <summary>
/// The actor runtime against a bare channel with one reader task. Only the public Akka.NET API is used, so that the same figures can be taken
/// on the real packages.
/// </summary>
internal static class RuntimeBenchmarks
{
    private const int Tells = 5_000_000;
    private const int Asks = 200_000;
    private const int Askers = 8;
    private const int Creations = 100_000;
    private const int Rounds = 7;

    public static IEnumerable<BenchRow> Run()
    {
        var system = ActorSystem.Create("bench", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));
        try
        {
            yield return Task.Run(() => TellThroughput(system)).GetAwaiter().GetResult();
            yield return Task.Run(() => SequentialAsk(system)).GetAwaiter().GetResult();
            yield return Task.Run(() => ParallelAsk(system)).GetAwaiter().GetResult();
            yield return Task.Run(() => CreateAndStop(system)).GetAwaiter().GetResult();
            yield return Task.Run(() => IdleBytes(system)).GetAwaiter().GetResult();
        }
        finally
        {
            system.Terminate().GetAwaiter().GetResult();
        }
    }

    private static async Task<BenchRow> TellThroughput(ActorSystem system)
    {
        var message = new object();
        var (subject, yardstick) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var counter = system.ActorOf(Props.CreateBy(new Producer<Counter>(() => new Counter(Tells, done))));
                for (var i = 0; i < Tells; i++)
                    counter.Tell(message, ActorRefs.NoSender);
                await done.Task;
                system.Stop(counter);
            },
            () => ChannelYardstick.Tell(message, Tells));
        return Faster("tell, one sender", "channel, one reader", subject, yardstick, Tells);
    }

    private static async Task<BenchRow> SequentialAsk(ActorSystem system)
    {
        var echo = system.ActorOf(Props.CreateBy(new Producer<Echo>(() => new Echo())));
        var message = new object();
        var (subject, yardstick) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                for (var i = 0; i < Asks; i++)
                    await echo.Ask<object>(message);
            },
            () => ChannelYardstick.Ask(1, Asks));
        system.Stop(echo);
        return Faster("sequential ask", "channel and a promise", subject, yardstick, Asks);
    }

    private static async Task<BenchRow> ParallelAsk(ActorSystem system)
    {
        var echoes = new IActorRef[Askers];
        for (var i = 0; i < Askers; i++)
            echoes[i] = system.ActorOf(Props.CreateBy(new Producer<Echo>(() => new Echo())));
        var message = new object();
        var (subject, yardstick) = await Interleaved.Medians(
            Rounds,
            () => Task.WhenAll(echoes.Select(echo => Task.Run(async () =>
            {
                for (var i = 0; i < Asks / Askers; i++)
                    await echo.Ask<object>(message);
            }))),
            () => ChannelYardstick.Ask(Askers, Asks / Askers));
        foreach (var echo in echoes)
            system.Stop(echo);
        return Faster("8 askers of 8 actors", "8 channels and a promise", subject, yardstick, Asks);
    }

    private static async Task<BenchRow> CreateAndStop(ActorSystem system)
    {
        var nursery = system.ActorOf(Props.CreateBy(new Producer<Nursery>(() => new Nursery())));
        var (subject, yardstick) = await Interleaved.Medians(
            Rounds,
            async () => await nursery.Ask<object>(new Raise(Creations)),
            () => ChannelYardstick.Ask(1, Creations));
        system.Stop(nursery);
        return new BenchRow(
            "create and stop an actor", "channel and a promise", subject / yardstick, 5,
            $"at most; {subject / Creations * 1e9:F0} ns against {yardstick / Creations * 1e9:F0} ns");
    }

    private static async Task<BenchRow> IdleBytes(ActorSystem system)
    {
        var crib = system.ActorOf(Props.CreateBy(new Producer<Crib>(() => new Crib())));
        await crib.Ask<object>(new Fill(1_000, 0));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await crib.Ask<object>(new Fill(Creations, 1_000));
        await crib.Ask<object>(new CountLive());
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Creations;
        system.Stop(crib);
        return new BenchRow("bytes of a live idle actor", "-", bytes, 400, $"at most; over {Creations}");
    }

    private static BenchRow Faster(string what, string yardstick, double subjectTime, double yardstickTime, int count) =>
        new(what, yardstick, yardstickTime / subjectTime, 0.7,
            $"at least; {count / subjectTime / 1e6:F2} M/s against {count / yardstickTime / 1e6:F2} M/s");
}
