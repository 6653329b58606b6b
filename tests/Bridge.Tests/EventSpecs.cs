namespace DrmActors.Bridge.Tests;

/// <summary>clients/events.c and clients/polls.c</summary>
public sealed class EventSpecs
{
    [Theory]
    [InlineData("read-waits")]
    [InlineData("read-does-not-wait")]
    [InlineData("short-reads-keep-events")]
    [InlineData("read-takes-several")]
    [InlineData("readv-reads-vector-by-vector")]
    [InlineData("a-bad-buffer-costs-no-event")]
    [InlineData("no-address-waits-for-no-event")]
    [InlineData("an-event-goes-into-a-buffer-of-the-card")]
    [InlineData("one-event-wakes-all-who-take-none")]
    [InlineData("space-is-4096-bytes")]
    [InlineData("space-is-taken-when-asked-for")]
    [InlineData("a-child-that-reads-makes-space")]
    [InlineData("no-event-comes-after-close")]
    [InlineData("it-is-no-stream-and-no-socket")]
    [InlineData("flips-come-once-a-frame")]
    [InlineData("readers-share-events")]
    public async Task Events_should_be_as_of_the_device(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("events", scenario);
    }

    [Theory]
    [InlineData("poll-reports-in-only")]
    [InlineData("poll-wakes")]
    [InlineData("select-reports-in-only")]
    [InlineData("epoll-reports-in-only")]
    public async Task Polls_should_be_as_of_the_device(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("polls", scenario);
    }
}
