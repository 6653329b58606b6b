using DrmActors.Actors.Fences;
using DrmActors.Bridge.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests;

/// <summary>What a pipe shows of the sync file that it stands for.</summary>
public sealed class DescriptionPipeTests
{
    [Fact]
    public async Task A_pipe_that_begins_to_wait_should_keep_no_other_thread_from_showing_a_signal()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        var (host, core) = (rig.Host, rig.Server.Core);
        var fence = new SignaledElsewhere(host.Contexts.Next());
        var opened = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        core.Reader.Post(() => opened.SetResult(core.Open.OpenForClient(host.Descriptors.Add(new SyncFile(fence, host.Descriptors, host.Contexts)))));

        var descriptor = await opened.Task;

        Assert.True(fence.WasShown);
        Assert.Equal(1, Read(descriptor));
        Sys.Close(descriptor);
    }

    private static unsafe long Read(int descriptor)
    {
        byte one;
        return Sys.Read(descriptor, &one, 1);
    }

    // By another thread as soon as somebody waits for it, who goes on when everybody has been told.
    private sealed class SignaledElsewhere(ulong context) : Fence("test", "elsewhere", context, sequence: 1)
    {
        public bool WasShown { get; private set; }

        protected override void Enable()
        {
            var signals = new Thread(() => Signal(1));
            signals.Start();
            WasShown = signals.Join(TimeSpan.FromSeconds(5));
        }
    }
}
