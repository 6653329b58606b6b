using DrmActors.Hosting;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests;

/// <summary>
/// Every actor is crashed over every message of a workload on two boards: every call is answered, the clients come to their ends, those of
/// the other board notice nothing, the host shuts down, and nothing is left.
/// </summary>
public sealed class CrashTests
{
    private static readonly string[] Boards = ["rk3399", "vkms"];

    /// <param name="again">Up to how many messages after the crash there is another one, while the first is still being dealt with; 0 for none.</param>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 40)]
    public void A_crash_over_any_message_should_leave_nothing(int seed, int again)
    {
        var messages = new List<string>();
        var undisturbed = Run(seed, new Crash { OnMessage = messages.Add });
        Assert.True(undisturbed.End == WorldEnd.Passed, undisturbed.ToString());
        // Kinds of messages, told apart by who gets them.
        Assert.InRange(messages.Distinct().Count(), 290, int.MaxValue);
        Assert.All(["KillFiles", "ForceConnector", "ViewCard"], kind => Assert.Contains(messages, m => m.StartsWith(kind, StringComparison.Ordinal)));

        var chance = new Seed(seed);
        var crashes = messages.Select((_, at) => new Crash { At = at, Again = again == 0 ? null : at + 1 + chance.Below(again) }).ToList();
        var wrong = new string?[crashes.Count];
        // Every second message, for the sake of time: the odd ones, or with an even seed the even ones.
        Parallel.ForEach(crashes.Where(crash => crash.At % 2 == seed % 2), crash =>
        {
            var (end, failure) = Run(seed, crash);
            if (end != WorldEnd.Passed)
                wrong[crash.At!.Value] = $"{crash.At}, {crash.Again}: {messages[crash.At!.Value]}: {end} {failure}";
        });
        Assert.True(wrong.All(w => w is null), string.Join('\n', wrong.OfType<string>()));
    }

    private static (WorldEnd End, Exception? Failure) Run(int seed, Crash crash)
    {
        var options = new DrmHostOptions { ArenaSize = 256L << 20, KeepLastPicture = true };
        foreach (var board in Boards)
            options.Boards.Add(board);
        var run = new WorldRun(new RandomSchedule(new Seed(seed)), new Seed(seed), options, stepLimit: 100_000) { CrashesAt = crash.IsAt };
        var outcome = run.Run(async world =>
        {
            // A board that dies while the next one boots leaves that its minor.
            var clients = world.Host.Boards.GroupBy(board => board.Minor).Select(boards => boards.Last())
                .Select(board => (board.Name, Client: new CrashClient(world.Host, board.Minor, () => crash.MayHit(board)))).ToList();
            await Task.WhenAll(clients.Select(c => StartAsync(world, c.Name, c.Client.WorkAsync)));
            // The crash may have come when one of them was done already. What is left of the boards works; this brings no crashes of its own.
            crash.IsOff = true;
            foreach (var (_, client) in clients)
                await client.WorkAsync();
            crash.IsOff = false;
            // What is left open is killed when all is switched off.
            foreach (var (name, client) in clients)
                await client.AbandonAsync(name);
        });
        // A host that does not come up leaves nothing, either.
        return outcome is { Failure: DrmBootException, Leaks.IsClean: true } ? (WorldEnd.Passed, null) : (outcome.End, outcome.Failure);
    }

    private static Task StartAsync(DrmWorld world, string name, Func<Task> client)
    {
        var done = new TaskCompletionSource();
        world.Start(name, async () =>
        {
            try
            {
                await client();
            }
            finally
            {
                done.SetResult();
            }
        });
        return done.Task;
    }
}
