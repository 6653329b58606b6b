using Akka.Actor;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>An actor that comes to run much later than all others changes nothing of what is promised.</summary>
public sealed class LateLaneTests
{
    private static readonly TimeSpan ManyFrames = TimeSpan.FromMilliseconds(100);
    private readonly LastOfAll _schedule = new();

    [Fact]
    public void A_late_interrupt_should_be_told_before_what_was_asked_after_it()
    {
        var sequences = Run(async world =>
        {
            await using var card = await LightAsync(world.Host);
            await card.RequestVblankEventAsync(VblankTarget.Next);
            _schedule.Held = "/user/drm/master-vkms/crtc";
            var asked = card.RequestVblankEventAsync(VblankTarget.Relative(0));
            await Task.Delay(ManyFrames, world.Host.Clock);
            _schedule.Held = "";
            await asked;
            var events = new List<DrmEvent>();
            while (events.Count < 2)
                events.AddRange(await card.ReadEventsAsync());
            return events.OfType<VblankEvent>().Select(e => e.Sequence).ToList();
        });
        Assert.Equal(sequences.Order(), sequences);
        Assert.NotEqual(sequences[0], sequences[1]);
    }

    [Fact]
    public void A_call_to_the_dead_should_be_answered_also_before_their_answerer_has_run()
    {
        _schedule.Held = "/user/dead-calls";
        var errno = Run(async world =>
        {
            await using var card = await world.Host.OpenAsync();
            card.File.Tell(Kill.Instance, ActorRefs.NoSender);
            var closing = card.CallAsync(new CloseFile());
            await Task.Delay(ManyFrames, world.Host.Clock);
            _schedule.Held = "";
            return (await closing).Errno;
        });
        Assert.Equal(Errno.ENODEV, errno);
    }

    private static async Task<DrmCard> LightAsync(DrmHost host)
    {
        var card = await host.OpenAsync();
        var resources = await card.GetResourcesAsync();
        var mode = (await card.GetConnectorAsync(resources.Connectors[0])).Modes[0];
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        await card.SetCrtcAsync(resources.Crtcs[0], await card.AddFbAsync(buffer), resources.Connectors[0], mode);
        return card;
    }

    private T Run<T>(Func<DrmWorld, Task<T>> code)
    {
        T? result = default;
        var options = new DrmHostOptions { Boards = { "vkms" }, ArenaSize = 64L << 20 };
        var outcome = new WorldRun(_schedule, new Seed(0), options, stepLimit: 100_000).Run(async world => result = await code(world));
        Assert.Equal((WorldEnd.Passed, null), (outcome.End, outcome.Failure));
        return result!;
    }

    /// <summary>One lane runs only when nothing else can, not even the time.</summary>
    private sealed class LastOfAll : ISchedule
    {
        public string Held { get; set; } = "";

        public int Choose(ReadyLanes ready, bool mayAdvance)
        {
            for (var i = 0; i < ready.Count; i++)
                if (ready[i].Name != Held)
                    return i;
            return mayAdvance ? ISchedule.Time : 0;
        }
    }
}
