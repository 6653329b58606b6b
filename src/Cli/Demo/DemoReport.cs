using DrmActors.Hardware.Memory;
using DrmActors.Hosting;
using DrmActors.Messages;
using Spectre.Console;

namespace DrmActors.Cli.Demo;

/// <summary>What the demo says while it runs.</summary>
internal static class DemoReport
{
    /// <summary>Where nobody looks, lines are as long as they are, and plain.</summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected)
            return;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        AnsiConsole.Profile.Width = int.MaxValue;
    }

    public static void Step(BindStep step)
    {
        if (step.Number == 1)
            AnsiConsole.MarkupLineInterpolated($"[bold]{step.Board}[/]: bringing up the display subsystem");
        if (step.Errno == Errno.None)
            AnsiConsole.MarkupLineInterpolated($"  [green]ok[/] {step.Number,2} {step.Name}");
        else
            AnsiConsole.MarkupLineInterpolated($"  [red]{step.Errno}[/] {step.Number,2} {step.Name}");
    }

    public static void Output(DriverVersion version, DemoOutput output) => AnsiConsole.MarkupLineInterpolated(
        $"{version.Name} {version.Major}.{version.Minor} ({version.Description}), {output.Name}: {output.Connector.Modes.Length} modes, showing {output.Mode}");

    public static void Shown(ShowResult show, bool virtualTime)
    {
        var rate = show.Frames == 1
            ? "no rate of a single frame"
            : FormattableString.Invariant($"{(show.Frames - 1) / show.Taken.TotalSeconds:0.00} frames/s");
        if (virtualTime)
            rate += FormattableString.Invariant($" ({show.Shown.TotalSeconds:0.000} s of virtual time)");
        AnsiConsole.MarkupLineInterpolated(
            $"{show.Frames} frames, [bold]{rate}[/], missed vblanks: {show.Missed}, sequence {show.FirstSequence} to {show.LastSequence}");
    }

    public static void Written(string file, DrmFrame frame) =>
        AnsiConsole.MarkupLineInterpolated($"{file}: {frame.Width}x{frame.Height}, frame {frame.Sequence}, CRC {frame.Crc:x8}");

    public static void Leaks(LeakReport leaks)
    {
        if (leaks.IsClean)
            AnsiConsole.MarkupLineInterpolated($"leak report: [green]{leaks}[/]");
        else
            AnsiConsole.MarkupLineInterpolated($"leak report: [red]{leaks}[/]");
    }
}
