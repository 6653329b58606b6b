using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Images;
using DrmActors.Hosting;
using DrmActors.Messages;
using Microsoft.Extensions.Logging;

namespace DrmActors.Cli.Demo;

/// <summary>The demo from its options to its exit code.</summary>
internal static class DemoRunner
{
    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        DemoReport.Prepare();
        using var loggers = LoggerFactory.Create(static logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(static line => line.SingleLine = true));
        try
        {
            return await ShowAsync(options, loggers, cancellation) ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (Exception e) when (e is UsageException or BoardException or ImageException)
        {
            return Fail(e.Message, ExitCodes.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{options.Out}: {e.Message}", ExitCodes.Usage);
        }
        catch (Exception e) when (e is DrmException or DrmBootException)
        {
            return Fail(e.Message, ExitCodes.Failure);
        }
        catch (OperationCanceledException)
        {
            return Fail("interrupted", ExitCodes.Failure);
        }
    }

    private static async Task<bool> ShowAsync(DemoOptions options, ILoggerFactory loggers, CancellationToken cancellation)
    {
        DemoFiles.CheckOut(options.Out);
        var image = options.Image is null ? null : DemoFiles.ReadImage(options.Image);
        var hostOptions = new DrmHostOptions
        {
            Boards = { options.Board },
            Time = options.VirtualTime ? TimeMode.Virtual : TimeMode.Real,
            LoggerFactory = loggers,
            OnBindStep = DemoReport.Step,
        };
        if (options.Edid is not null)
            hostOptions.Monitors.Add(DemoFiles.CheckEdid(options.Edid, options.Board), options.Edid);

        await using var host = await DrmHost.StartAsync(hostOptions, cancellation);
        await using (var card = await host.OpenAsync(cancellationToken: cancellation))
        {
            var output = await DemoOutput.FindAsync(card, options.Mode, cancellation);
            DemoReport.Output(await card.VersionAsync(cancellation), output);
            await using var screen = await DoubleBuffer.CreateAsync(card, output, cancellation);
            var show = new PictureShow(card, output, screen, new Picture(output.Mode.HDisplay, output.Mode.VDisplay, image));
            DemoReport.Shown(await show.RunAsync(options.Frames, cancellation), options.VirtualTime);
            using var frame = await host.CaptureAsync(card.Minor, output.Crtc, cancellation);
            frame.SavePng(options.Out);
            DemoReport.Written(options.Out, frame);
            await screen.TurnOffAsync(output.Crtc);
        }

        var leaks = await host.ShutdownAsync();
        DemoReport.Leaks(leaks);
        return leaks.IsClean;
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"drm: {message}");
        return code;
    }
}
