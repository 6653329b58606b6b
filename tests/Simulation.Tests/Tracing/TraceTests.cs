using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests.Tracing;

/// <summary>A trace shows beside each message what it has changed, and changes nothing itself.</summary>
public sealed class TraceTests
{
    [Theory]
    [InlineData("<-  client-painter.1: OpenCard { ", "file 1: master")]
    [InlineData("<-  card0/gem: ObjectCreated { ", "handle 1: object 1")]
    [InlineData("card0/gem  <-  client-painter.1: CreateObject { ", "object 1: of file 1; memory: 1 blocks, 768 pages")]
    [InlineData("<-  card0/file-1: AddReference { ", "held by Framebuffer of file 1: 1")]
    [InlineData("Call = ModeSetCrtc { ", ": 1024x768@60; ")]
    [InlineData("Call = ModePageFlip { ", "pipe 0 is busy with: flip, commit 2")]
    [InlineData("<-  card0: Latch { ", "latches: commit 2 at vblank 2")]
    [InlineData(": VblankDue { ", "shows: framebuffer ")]
    [InlineData("<-  card0: DeliverEvent { ", "events: 1; events to come: gone")]
    [InlineData("<-  client-painter.1: ReadEvents { ", "events: gone")]
    [InlineData("Call = DropMaster", "file 1: master -> authenticated")]
    [InlineData("<-  card0/gem: DropFile { ", "freed: yes; held by File of file 1: gone; memory: 0 blocks, 0 pages")]
    public void A_message_should_stand_beside_what_it_changed(string message, string changed)
    {
        var lines = Trace().Split('\n');

        Assert.Contains(lines, line => line.Contains(message, StringComparison.Ordinal) && line.Contains(changed, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_should_be_the_same_with_a_trace() => Assert.Equal(Run(null).TraceHash, Run(TextWriter.Null).TraceHash);

    private static string Trace()
    {
        var text = new StringWriter();
        Run(text);
        return text.ToString();
    }

    private static WorldOutcome Run(TextWriter? trace)
    {
        var options = new DrmHostOptions { Boards = { "vkms" }, ArenaSize = 64L << 20 };
        var outcome = new WorldRun(new RandomSchedule(new Seed(3)), new Seed(3), options, stepLimit: 10_000) { Trace = trace }.Run(world =>
        {
            world.Start("painter", () => PaintAsync(world.Host));
            return Task.CompletedTask;
        });
        Assert.Equal((WorldEnd.Passed, null), (outcome.End, outcome.Failure));
        return outcome;
    }

    private static async Task PaintAsync(DrmHost host)
    {
        await using var card = await host.OpenAsync();
        var resources = await card.GetResourcesAsync();
        var mode = (await card.GetConnectorAsync(resources.Connectors[0])).Modes[0];
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
        await card.SetCrtcAsync(resources.Crtcs[0], framebuffer, resources.Connectors[0], mode);
        await card.PageFlipAsync(resources.Crtcs[0], framebuffer);
        // The event comes before anybody reads it.
        await card.WaitVblankAsync(VblankTarget.Relative(2));
        await card.ReadEventsAsync();
        await card.CallAsync(new DropMaster());
    }
}
