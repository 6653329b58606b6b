using System.Diagnostics;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>Looks at the first card's screen while a program draws on it.</summary>
internal sealed class ScreenWatch
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TaskCompletionSource _isLit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _seesNothing;
    private int _imports;

    /// <summary>Dma-bufs that became handles.</summary>
    public int Imports => Volatile.Read(ref _imports);

    public void Hear(TracedCall call)
    {
        if (call.Errno != Errno.None)
            return;
        // libdrm asks twice, and believes the second answer.
        if (call.Call is ModeGetConnector { Probe: false } && call.Reply is Reply<ModeConnector> { Value.Status: ConnectorStatus.Disconnected })
            Volatile.Read(ref _seesNothing)?.TrySetResult();
        if (call.Call is PrimeFdToHandle)
            Interlocked.Increment(ref _imports);
        if (call.Call is ModeSetCrtc { Mode: not null } || (call.Call is ModeAtomic atomic && !atomic.Flags.HasFlag(AtomicFlags.TestOnly)))
            _isLit.TrySetResult();
    }

    /// <summary>Ends when a program asks for a connector from now on, and is told that nothing is in it.</summary>
    public Task SeeNothingAsync()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _seesNothing, seen);
        return seen.Task.WaitAsync(Patience);
    }

    /// <summary>Waits until the screen is as it should be; fails where the program ends before, or time is up.</summary>
    public async Task SeeAsync(BridgeRig rig, Process program, Func<DrmFrame, bool> isRight)
    {
        var end = program.WaitForExitAsync();
        await Task.WhenAny(_isLit.Task, end).WaitAsync(Patience);
        var seen = "nothing";
        for (var start = Stopwatch.GetTimestamp(); !end.IsCompleted && Stopwatch.GetElapsedTime(start) < Patience;)
        {
            using var frame = await rig.Host.LastPictureAsync();
            if (frame is null)
                continue;
            if (isRight(frame))
                return;
            seen = $"{frame.Width}x{frame.Height}, {Colours(frame)} colours, 0x{frame.PixelAt(0, 0):x6} in the corner";
        }

        program.Kill();
        Assert.Fail($"the screen is not as {program.StartInfo.FileName} draws it, but {seen}: {await program.StandardOutput.ReadToEndAsync()}{await program.StandardError.ReadToEndAsync()}");
    }

    /// <summary>How many different colours are on it; not every pixel is looked at.</summary>
    public static int Colours(DrmFrame frame)
    {
        var seen = new HashSet<uint>();
        for (var y = 0; y < frame.Height; y += 3)
            for (var x = 0; x < frame.Width; x += 3)
                seen.Add(frame.PixelAt(x, y));
        return seen.Count;
    }
}
