namespace DrmActors.Bridge.Tests;

/// <summary>clients/threads.c</summary>
public sealed class ThreadSpecs
{
    [Theory]
    [InlineData("calls-do-not-mix")]
    [InlineData("many-threads-wait-at-once")]
    [InlineData("mapping-threads")]
    [InlineData("a-signal-interrupts")]
    [InlineData("a-signal-interrupts-in-spite-of-restart")]
    [InlineData("signals-harm-no-other-call")]
    [InlineData("a-handler-may-call")]
    [InlineData("a-read-is-interrupted")]
    public async Task Calls_should_keep_apart(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await rig.PassAsync("threads", scenario);
    }
}
