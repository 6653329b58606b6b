using System.Diagnostics;
using System.Globalization;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Hardware.Memory;
using DrmActors.Hosting.Tests;

namespace DrmActors.Bridge.Tests;

/// <summary>
/// clients/midcall.c: a process is killed at a known place of a call that holds the last of a dma-buf, and that has given its memory back when the barrier
/// is passed.
/// </summary>
public sealed class KilledCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>The daemon has what it names, and waits for what others have closed.</summary>
    [Fact]
    public async Task A_call_that_waits_for_closes_should_be_waited_for()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        var core = rig.Server.Core;
        using var parent = await StartAsync(rig, "naming-in-a-child");
        var before = UsageOf(rig);
        using var child = await ForkAsync(parent);
        var first = await GoAsync(rig, parent);
        // It is asked for what it names now, and waits once more.
        var calls = rig.Server.Use.Calls;
        var second = core.Barrier.Begin();
        core.Barrier.End(first);
        await UntilAsync(core, () => rig.Server.Use.Calls > calls);
        child.Kill();
        Assert.Equal("gone", await parent.StandardOutput.ReadLineAsync());

        var after = UsageAfterClosesAsync(rig);
        var isEarly = await DoAsync(core, () =>
        {
            core.Barrier.End(second);
            return after.IsCompleted;
        });
        Assert.False(isEarly);
        Assert.Equal(before, await after.WaitAsync(Patience));
        parent.Kill();
        await parent.WaitForExitAsync();
    }

    [Fact]
    public async Task What_nobody_has_read_should_be_given_back()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        var before = UsageOf(rig);
        using var client = await StartAsync(rig, "naming");

        var after = await KillUnreadAsync(rig, client, () =>
        {
            client.Kill();
            client.WaitForExit();
        });
        Assert.Equal(before, after);
    }

    /// <summary>The card does not hang up, for another process has it.</summary>
    [Fact]
    public async Task What_nobody_has_read_of_a_shared_card_should_be_given_back()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        using var parent = await StartAsync(rig, "naming-in-a-child");
        var before = UsageOf(rig);
        using var child = await ForkAsync(parent);

        var after = await KillUnreadAsync(rig, parent, () =>
        {
            child.Kill();
            Assert.Equal("gone", parent.StandardOutput.ReadLine());
        });
        Assert.Equal(before, after);
        parent.Kill();
        await parent.WaitForExitAsync();
    }

    /// <summary>Its descriptors are closed already, and the object takes its time.</summary>
    [Fact]
    public async Task A_call_that_is_the_last_to_hold_a_buffer_should_give_it_back()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        var core = rig.Server.Core;
        var before = UsageOf(rig);
        using var client = await StartAsync(rig, "about");
        var slot = await DoAsync(core, () => core.Clients.Values.Single().Region.Slots.Single());
        var buffer = await DoAsync(core, () => (DmaBuf)core.Open.All.Single());
        using var answer = new Gate(slot.Actor);
        await client.StandardInput.WriteAsync('x');
        await client.StandardInput.FlushAsync();
        await UntilAsync(core, () => slot.Descriptors.Lent.Count > 0);
        client.Kill();
        await client.WaitForExitAsync();

        var after = UsageAfterClosesAsync(rig);
        await UntilAsync(core, () => !core.Open.All.Any());
        await rig.Host.AskAsync(buffer.Exporter.Object, new ListHolders());
        using var end = new Gate(buffer.Exporter.Object);
        answer.Open();
        await UntilAsync(core, () => buffer.HasEnded);
        // What the answer has begun is done.
        using var next = new Gate(slot.Actor);
        await next.Reached.WaitAsync(Patience);
        next.Open();
        Assert.False(await DoAsync(core, () => after.IsCompleted));
        end.Open();
        Assert.Equal(before, await after.WaitAsync(Patience));
    }

    private static async Task<Process> StartAsync(BridgeRig rig, string scenario)
    {
        var client = rig.Start(CClients.Build("midcall"), scenario);
        if (await client.StandardOutput.ReadLineAsync() != "ready")
            Assert.Fail(await client.StandardError.ReadToEndAsync());
        return client;
    }

    private static async Task<Process> ForkAsync(Process parent)
    {
        await parent.StandardInput.WriteAsync('x');
        await parent.StandardInput.FlushAsync();
        return Process.GetProcessById(int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>The client calls, and waits behind a close that has not ended.</summary>
    private static async Task<(ulong Order, ulong Id)> GoAsync(BridgeRig rig, Process client)
    {
        var core = rig.Server.Core;
        var ticket = core.Barrier.Begin();
        var calls = rig.Server.Use.Calls;
        await client.StandardInput.WriteAsync('x');
        await client.StandardInput.FlushAsync();
        await UntilAsync(core, () => rig.Server.Use.Calls > calls);
        return ticket;
    }

    /// <summary>Somebody is killed while the packet that carries what he names lies unread in the only card that is open.</summary>
    private static async Task<ArenaUsage> KillUnreadAsync(BridgeRig rig, Process client, Action kill)
    {
        var core = rig.Server.Core;
        var ticket = await GoAsync(rig, client);
        var killed = DoAsync(core, () =>
        {
            var card = core.OpenFiles.Keys.Single().Socket;
            core.Barrier.End(ticket);
            SpinWait.SpinUntil(() => HasUnread(card));
            kill();
            return true;
        });
        // The next that the daemon does.
        var after = UsageAfterClosesAsync(rig);
        await killed.WaitAsync(Patience);
        return await after.WaitAsync(Patience);
    }

    private static unsafe bool HasUnread(int socket)
    {
        var bytes = 0;
        return Sys.Control(socket, Sys.InQueue, &bytes) == 0 && bytes > 0;
    }

    // What is free moves, and what is parked is given back later.
    private static ArenaUsage UsageOf(BridgeRig rig) => rig.Host.Usage with { BytesFree = 0, Parked = 0 };

    /// <summary>As it is at the moment when the barrier is passed.</summary>
    private static Task<ArenaUsage> UsageAfterClosesAsync(BridgeRig rig)
    {
        var usage = new TaskCompletionSource<ArenaUsage>(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Server.Core.Reader.Post(() => CallDesk.AfterCloses(rig.Server.Core, () => usage.SetResult(UsageOf(rig))));
        return usage.Task;
    }

    /// <summary>On the reader thread.</summary>
    private static Task<T> DoAsync<T>(BridgeCore core, Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        core.Reader.Post(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static async Task UntilAsync(BridgeCore core, Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await DoAsync(core, condition))
            limit.Token.ThrowIfCancellationRequested();
    }
}
