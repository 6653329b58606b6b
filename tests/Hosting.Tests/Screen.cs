using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>The usual beginning of a client: the first connector, its first mode, the first CRTC, lit with a fresh buffer.</summary>
internal sealed record Screen(DrmCard Card, CrtcId Crtc, ModeConnector Connector, ModeInfo Mode, DrmBuffer Buffer, FramebufferId Framebuffer)
{
    public static async Task<Screen> LightAsync(DrmCard card)
    {
        var resources = await card.GetResourcesAsync();
        var connector = await card.GetConnectorAsync(resources.Connectors[0]);
        var mode = connector.Modes[0];
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        var framebuffer = await card.AddFbAsync(buffer);
        await card.SetCrtcAsync(resources.Crtcs[0], framebuffer, connector.Id, mode);
        return new Screen(card, resources.Crtcs[0], connector, mode, buffer, framebuffer);
    }
}
