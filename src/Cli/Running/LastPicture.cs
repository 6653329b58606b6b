using DrmActors.Hosting;

namespace DrmActors.Cli.Running;

/// <summary>What a program leaves on the screen.</summary>
internal static class LastPicture
{
    /// <summary>Writes the last picture of the first screen that showed one.</summary>
    /// <returns>False where none did.</returns>
    public static async Task<bool> SaveAsync(DrmHost host, string file)
    {
        foreach (var board in host.Boards)
        {
            using var picture = await host.LastPictureAsync(board.Minor);
            if (picture is null)
                continue;
            picture.SavePng(file);
            Stderr.Say($"{file}: {picture.Width}x{picture.Height}, what card{board.Minor} showed last");
            return true;
        }

        return false;
    }
}
