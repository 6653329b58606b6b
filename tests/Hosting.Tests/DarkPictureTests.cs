using DrmActors.Actors.Protocol;

namespace DrmActors.Hosting.Tests;

/// <summary>A picture that nothing is kept of, and that goes while it is asked for.</summary>
public sealed class DarkPictureTests : HostTest
{
    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("vkms");
    }

    /// <summary>It has been found, and the screen is switched off before it is read.</summary>
    [Fact]
    public async Task A_picture_that_goes_dark_while_it_is_read_should_be_none()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var pipe = (await ViewAsync()).Pipes[0];
        using var found = new Gate(pipe);
        var last = Host.LastPictureAsync();
        // The first call has come as far as the pipe by now, and the next comes no farther than the supervisor.
        await ViewAsync();
        using var read = new Gate(Host.Supervisor);
        await Soon(read.Reached);
        found.Open();
        await Soon(screen.Card.SetCrtcAsync(screen.Crtc, default, 0, 0, [], null));

        Assert.False(last.IsCompleted);
        read.Open();
        Assert.Null(await Soon(last));
    }

    private async Task<Actors.Device.DeviceView> ViewAsync() => (await Soon(Host.AskAsync(Host.Supervisor, new ViewCard(0)))).Value!.View;
}
