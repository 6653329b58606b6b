using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Cli.Running;

/// <summary>What a program leaves on the screen.</summary>
internal static class LastPicture
{
    /// <summary>Writes what the first lit CRTC shows.</summary>
    /// <returns>False where nothing is lit.</returns>
    public static async Task<bool> SaveAsync(DrmHost host, string file)
    {
        foreach (var board in host.Boards)
        {
            await using var card = await host.OpenAsync(board.Minor);
            foreach (var crtc in (await card.GetResourcesAsync()).Crtcs)
            {
                if ((await card.GetCrtcAsync(crtc)).Mode is null)
                    continue;
                using var frame = await host.CaptureAsync(board.Minor, crtc);
                frame.SavePng(file);
                return true;
            }
        }

        return false;
    }
}
