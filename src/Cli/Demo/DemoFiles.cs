using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Images;
using DrmActors.Messages;

namespace DrmActors.Cli.Demo;

/// <summary>The files that the arguments name, looked at before anything is switched on.</summary>
internal static class DemoFiles
{
    private const int EdidBlock = 128;
    private const int EdidBlocksAtMost = 256;

    public static Image ReadImage(string file)
    {
        if (!File.Exists(file))
            throw new UsageException($"--image {file}", "no such file", "a PNG or PPM file");
        try
        {
            return ImageFile.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--image {file}", e.Message, "a readable PNG or PPM file");
        }
    }

    public static void CheckOut(string file)
    {
        if (Directory.Exists(file))
            throw new UsageException($"--out {file}", "a folder", "a file");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (!Directory.Exists(folder))
            throw new UsageException($"--out {file}", $"no folder {folder}", "a file in a folder that exists");
    }

    /// <summary>Which of the board's outputs the monitor is plugged into: the one that has a monitor, else the first.</summary>
    public static string CheckEdid(string file, string board)
    {
        var length = new FileInfo(file) is { Exists: true } info ? info.Length : -1;
        if (length < 0)
            throw new UsageException($"--edid {file}", "no such file", "a file with a monitor's EDID");
        if (length == 0 || length % EdidBlock != 0 || length > EdidBlock * EdidBlocksAtMost)
            throw new UsageException($"--edid {file}", $"{length} bytes", $"1 to {EdidBlocksAtMost} blocks of {EdidBlock} bytes");
        var outputs = BoardLoader.Load(board).ComponentsInMatchOrder().OfType<OutputDescription>().ToList();
        return (outputs.Find(o => o.Connector.Status == ConnectorStatus.Connected) ?? outputs.FirstOrDefault())?.Name
            ?? throw new UsageException($"--edid {file}", $"the board {board}, which has no output", "a board with one");
    }
}
