using System.CommandLine;
using System.CommandLine.Parsing;
using DrmActors.Hardware.Display;

namespace DrmActors.Cli.Demo;

/// <summary>The command line of <c>drm demo</c>.</summary>
internal static class DemoCommand
{
    private const int DefaultFrames = 120;

    public static Command Create()
    {
        var board = new Option<string>("--board")
        {
            Description = "The board: a name (config/boards/NAME.conf) or a file.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => "rk3399",
        };
        var image = new Option<string?>("--image") { Description = "The picture to show (PNG or PPM); a test card if left out.", HelpName = "FILE" };
        var edid = new Option<string?>("--edid") { Description = "The monitor: a file with its EDID, binary.", HelpName = "FILE" };
        var mode = new Option<ModeRequest?>("--mode")
        {
            Description = "The mode, as 1920x1080@60; the monitor's preferred one if left out.",
            HelpName = "WxH[@HZ]",
            CustomParser = ParseMode,
        };
        var frames = new Option<int>("--frames")
        {
            Description = "How many frames to show.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultFrames,
            CustomParser = ParseFrames,
        };
        var output = new Option<string>("--out")
        {
            Description = "Where the last frame goes (PNG).",
            HelpName = "FILE",
            DefaultValueFactory = _ => "screen.png",
        };
        var virtualTime = new Option<bool>("--virtual-time") { Description = "As fast as the processor allows, instead of in real time." };

        var command = new Command("demo", "Boots a board, shows a picture, and writes what the monitor shows.")
        {
            board, image, edid, mode, frames, output, virtualTime,
        };
        command.SetAction((parsed, cancellation) => DemoRunner.RunAsync(
            new DemoOptions(
                parsed.GetValue(board)!,
                parsed.GetValue(image),
                parsed.GetValue(edid),
                parsed.GetValue(mode),
                parsed.GetValue(frames),
                parsed.GetValue(output)!,
                parsed.GetValue(virtualTime)),
            cancellation));
        return command;
    }

    private static ModeRequest? ParseMode(ArgumentResult argument)
    {
        if (!ModeRequest.TryParse(argument.Tokens[0].Value, out var mode))
            argument.AddError($"--mode: found '{argument.Tokens[0].Value}'; allowed: a mode as 1920x1080, 1920x1080@60 or 1920x1080i@50");
        return mode;
    }

    private static int ParseFrames(ArgumentResult argument)
    {
        if (!int.TryParse(argument.Tokens[0].Value, out var frames) || frames < 1)
            argument.AddError($"--frames: found '{argument.Tokens[0].Value}'; allowed: a whole number from 1");
        return frames;
    }
}
