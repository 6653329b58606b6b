using Akka.Actor;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests;

/// <summary>
/// A buffer of one board becomes another's, and at each message of that somebody crashes or is killed: every call is answered, what had been done is undone,
/// nothing is left at either driver, and who was not hit goes on.
/// </summary>
public sealed class ForeignImportTests
{
    private static readonly string[] Boards = ["vgem", "vkms"];

    private enum Victim
    {
        Receiver,
        Maker,
        Taker,
    }

    [Theory]
    [InlineData(nameof(Victim.Receiver), 1)]
    [InlineData(nameof(Victim.Receiver), 2)]
    [InlineData(nameof(Victim.Maker), 3)]
    [InlineData(nameof(Victim.Taker), 4)]
    public void Whoever_ends_at_any_step_should_leave_nothing(string victim, int seed)
    {
        var undisturbed = new Run(Enum.Parse<Victim>(victim), at: -1);
        Assert.Null(undisturbed.Go(seed));
        // All steps are among them: attached on the one board, taken in on the other, shown, given back.
        Assert.All(
            [nameof(ImportObject), nameof(HandleOpened), nameof(AddReference), nameof(DropReference)],
            kind => Assert.Contains(kind, undisturbed.Messages));

        var wrong = new string?[undisturbed.Messages.Count];
        Parallel.For(0, wrong.Length, at => wrong[at] = new Run(Enum.Parse<Victim>(victim), at).Go(seed));
        Assert.True(wrong.All(w => w is null), string.Join('\n', wrong.Select((w, at) => w is null ? null : $"{at}, {undisturbed.Messages[at]}: {w}").OfType<string>()));
    }

    /// <summary>One world.</summary>
    private sealed class Run(Victim victim, int at)
    {
        private readonly List<string> _crashed = [];
        private readonly Dictionary<Victim, DrmCard> _cards = [];
        private DrmHost? _host;
        private bool _isOff = true;
        private bool _hasHappened;

        public List<string> Messages { get; } = [];

        /// <returns>What is wrong; null for nothing.</returns>
        public string? Go(int seed)
        {
            var options = new DrmHostOptions { ArenaSize = 64L << 20 };
            foreach (var board in Boards)
                options.Boards.Add(board);
            var run = new WorldRun(new RandomSchedule(new Seed(seed)), new Seed(seed), options, stepLimit: 100_000) { CrashesAt = IsAt };
            var outcome = run.Run(async world =>
            {
                _host = world.Host;
                var views = new List<DeviceView>();
                foreach (var board in world.Host.Boards)
                    views.Add((await world.Host.AskAsync(world.Host.Supervisor, new ViewCard(board.Minor))).Value!.View);
                _isOff = false;
                await ShareAsync(world.Host, () => _hasHappened);
                _isOff = true;
                await world.QuietAsync();
                foreach (var view in views)
                    if (view.Driver.Uses.All is { IsEmpty: false } left)
                        throw new InvalidOperationException($"card{view.Minor} is left with {string.Join("; ", left.Select(u => $"object {u.Key}: {u.Value}"))}");
                // A file and an object go alone.
                await ShareAsync(world.Host, () => _crashed.Exists(name => !name.Contains("/file-", StringComparison.Ordinal) && !IsObject(name)));
            });
            return outcome.End == WorldEnd.Passed ? null : $"{outcome.End} {outcome.Failure}";
        }

        private static bool IsObject(string name) => uint.TryParse(name[(name.LastIndexOf('/') + 1)..], out _);

        private bool IsAt(Lane lane, Envelope envelope)
        {
            if (_isOff)
                return false;
            Messages.Add(envelope.Message.GetType().Name);
            if (Messages.Count - 1 != at)
                return false;
            _hasHappened = true;
            if (victim == Victim.Receiver)
                _crashed.Add(lane.Name);
            else if (_cards.TryGetValue(victim, out var card))
                _host!.System.Stop(card.File);
            return victim == Victim.Receiver;
        }

        private async Task ShareAsync(DrmHost host, Func<bool> mayFail)
        {
            var open = new List<Descriptor>();
            try
            {
                await using var maker = _cards[Victim.Maker] = await host.OpenAsync(0);
                await using var taker = _cards[Victim.Taker] = await host.OpenAsync(1);
                await ShareAsync(host, maker, taker, open);
            }
            catch (DrmException) when (mayFail())
            {
            }
            finally
            {
                _cards.Clear();
                foreach (var descriptor in open)
                    host.Close(descriptor);
            }
        }

        private static async Task ShareAsync(DrmHost host, DrmCard maker, DrmCard taker, List<Descriptor> open)
        {
            const uint Side = 64;
            const byte Mark = 0x5a;
            var buffer = await maker.CreateDumbAsync(Side, Side);
            using (var pixels = await buffer.MapAsync())
                pixels.Span.Fill(Mark);
            var exported = await maker.PrimeHandleToFdAsync(buffer.Handle);
            open.Add(exported);
            // Two calls of one client at the same time.
            var importing = taker.PrimeFdToHandleAsync(exported);
            Assert.Equal(await taker.PrimeFdToHandleAsync(exported), await importing);
            var handle = await importing;
            open.Add(await taker.PrimeHandleToFdAsync(handle));
            Assert.Same(host.Descriptors.Find(exported), host.Descriptors.Find(open[^1]));
            var framebuffer = await taker.AddFbAsync(Side, Side, depth: 24, bpp: 32, buffer.Pitch, handle);
            await maker.GemCloseAsync(buffer.Handle);
            using (var mapping = host.Mmap(open[^1], 0, buffer.Size))
                Assert.Equal(-1, mapping.Span.IndexOfAnyExcept(Mark));
            await taker.GemCloseAsync(handle);
            await taker.RmFbAsync(framebuffer);
            // Once more, from one board to the other and back.
            var again = await taker.PrimeFdToHandleAsync(exported);
            await maker.PrimeFdToHandleAsync(exported);
            await taker.GemCloseAsync(again);
        }
    }
}
