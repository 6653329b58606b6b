using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

public sealed class EventQueueTests : HostTest
{
    private const int Room = DrmEvent.Space / VblankEvent.Bytes;

    [Fact]
    public async Task A_client_that_never_reads_should_be_refused_its_129th_event()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        for (var i = 0; i < Room; i++)
            await screen.Card.RequestVblankEventAsync(VblankTarget.Next, userData: (ulong)i);

        await RefusedAsync(Errno.ENOMEM, () => screen.Card.RequestVblankEventAsync(VblankTarget.Next));
        await RefusedAsync(Errno.ENOMEM, () => screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer));
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, PageFlipFlags.None);

        // Nothing of what was granted is lost, and every event that is read makes room.
        for (var i = 0; i < Room; i++)
            Assert.Equal((ulong)i, Assert.IsType<VblankEvent>(await Soon(screen.Card.NextEventAsync())).UserData);
        await screen.Card.RequestVblankEventAsync(VblankTarget.Next, userData: 129);
        Assert.Equal(129ul, Assert.IsType<VblankEvent>(await Soon(screen.Card.NextEventAsync())).UserData);
    }

    [Fact]
    public async Task A_flip_that_is_refused_should_give_its_event_space_back()
    {
        var screen = await Screen.LightAsync(await OpenAsync());

        for (var i = 0; i < 2 * Room; i++)
            await RefusedAsync(Errno.ENOENT, () => screen.Card.PageFlipAsync(screen.Crtc, new FramebufferId(4711)));
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);

        Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync()));
    }

    [Fact]
    public async Task A_read_that_does_not_wait_should_be_EAGAIN_without_an_event()
    {
        var card = await OpenAsync();

        var reply = await card.CallAsync(new ReadEvents(DrmEvent.Space, NonBlocking: true));

        Assert.Equal(Errno.EAGAIN, reply.Errno);
    }
}
