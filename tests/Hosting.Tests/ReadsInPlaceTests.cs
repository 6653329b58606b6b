using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What a snapshot answers is answered on the caller's thread, and yet in its place among the caller's calls.</summary>
public sealed class ReadsInPlaceTests : HostTest
{
    [Fact]
    public async Task A_read_should_need_no_actor_while_nothing_is_before_it()
    {
        var card = await OpenAsync();
        await card.GetResourcesAsync();

        Assert.True(card.CallAsync(new ModeGetResources()).IsCompleted);
    }

    [Fact]
    public async Task A_read_should_not_overtake_a_call_that_was_made_before_it()
    {
        var card = await OpenAsync();
        for (var i = 0; i < 2000; i++)
        {
            var universal = i % 2 == 0;
            var setting = card.CallAsync(new SetClientCap(ClientCapability.UniversalPlanes, universal ? 1ul : 0));
            var reading = card.CallAsync(new ModeGetPlaneResources());

            Assert.Equal(universal, (await Soon(reading)).Value!.Planes.Length > 2);
            Assert.True((await Soon(setting)).Ok);
        }
    }

    [Fact]
    public async Task A_card_that_is_gone_should_be_closed_all_the_same()
    {
        var card = await OpenAsync();
        await card.CreateDumbAsync(64, 64);
        await Soon(Host.UnplugBoardAsync("rk3399"));

        Assert.Equal(Errno.ENODEV, (await card.CallAsync(new ModeGetResources())).Errno);
    }
}
