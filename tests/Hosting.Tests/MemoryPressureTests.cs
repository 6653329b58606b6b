using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What clients do not need goes when memory is short, and nothing else; and who uses how much.</summary>
public sealed class MemoryPressureTests : HostTest
{
    private const uint Side = 256;
    private const long Size = Side * Side * 4;
    private string _board = "";

    protected override void Configure(DrmHostOptions options)
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "boards", "no-vblank.conf"));
        _board = Path.Combine(Path.GetTempPath(), $"small-{Environment.ProcessId}-{GetHashCode()}.conf");
        File.WriteAllText(_board, shipped.Replace("memory {", $"memory {{\n  limit = {4 * Size}", StringComparison.Ordinal));
        options.Boards[0] = _board;
        options.Time = TimeMode.Manual;
    }

    protected override Task PrepareAsync()
    {
        File.Delete(_board);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_not_needed_should_go_first_in_first_out()
    {
        var card = await OpenAsync();
        var buffers = await FillAsync(card);
        foreach (var i in (int[])[2, 0, 3])
            Assert.True(await card.AdviseAsync(buffers[i].Handle, isNeeded: false));
        await card.AdviseAsync(buffers[2].Handle, isNeeded: true);

        await card.CreateDumbAsync(Side, Side);

        Assert.False(await card.AdviseAsync(buffers[0].Handle, isNeeded: true));
        foreach (var i in (int[])[1, 2, 3])
            Assert.True(await card.AdviseAsync(buffers[i].Handle, isNeeded: true));
        await RefusedAsync(Errno.ENOMEM, () => card.CreateDumbAsync(Side, Side));
        // What is gone is gone; its handle is all that is left.
        await RefusedAsync(Errno.EINVAL, () => card.MapAsync(buffers[0].Handle, Size));
        await buffers[0].DisposeAsync();
        await RefusedAsync(Errno.ENOMEM, () => card.CreateDumbAsync(Side, Side));
        await buffers[1].DisposeAsync();
        await card.CreateDumbAsync(Side, Side);
    }

    [Fact]
    public async Task What_is_mapped_shown_exported_or_busy_should_stay()
    {
        var card = await OpenAsync();
        var buffers = await FillAsync(card);
        foreach (var buffer in buffers)
            await card.AdviseAsync(buffer.Handle, isNeeded: false);
        using var mapping = await buffers[0].MapAsync();
        mapping.Span.Fill(7);
        await card.AddFbAsync(buffers[1]);
        var exported = await card.PrimeHandleToFdAsync(buffers[2].Handle);
        var job = new FenceTimeline("test", "job", Host.Contexts.Next()).Next();
        (await ReferenceAsync(card, 3)).Reservation.Add(job, FenceUsage.Bookkeep);

        await RefusedAsync(Errno.ENOMEM, () => card.CreateDumbAsync(Side, Side));
        Assert.Equal(-1, mapping.Span.IndexOfAnyExcept((byte)7));
        foreach (var buffer in buffers)
            Assert.True(await card.AdviseAsync(buffer.Handle, isNeeded: false));
        // One of them is over: that one goes.
        job.Signal(1);
        await card.CreateDumbAsync(Side, Side);
        Assert.False(await card.AdviseAsync(buffers[3].Handle, isNeeded: true));
        Host.Close(exported);
    }

    [Fact]
    public async Task What_waits_for_room_should_be_answered_when_its_file_goes()
    {
        var (card, other) = (await OpenAsync(), await OpenAsync());
        var buffers = await FillAsync(card);
        foreach (var buffer in buffers)
            await card.AdviseAsync(buffer.Handle, isNeeded: false);
        var making = Enumerable.Range(0, 8).Select(_ => other.CallAsync(new ModeCreateDumb(Side, Side, 32))).ToList();
        await other.DisposeAsync();
        foreach (var made in making)
            Assert.True((await Soon(made)).Errno is Errno.None or Errno.EBADF or Errno.ENOMEM);
    }

    [Fact]
    public async Task The_accounting_should_tell_what_handles_hold()
    {
        var (card, other) = (await OpenAsync(), await OpenAsync());
        Assert.Equal(new DrmMemory(0, 0, 0, 0, 0), await card.MemoryAsync());
        var (a, b) = (await card.CreateDumbAsync(Side, Side), await card.CreateDumbAsync(32, 32));
        using (var mapping = await a.MapAsync())
            mapping.Span[..5000].Fill(1);
        Assert.Equal(new DrmMemory(Size + 4096, 0, 0, 8192, 0), await card.MemoryAsync());
        await card.AdviseAsync(a.Handle, isNeeded: false);
        Assert.Equal(new DrmMemory(Size + 4096, 0, 0, 8192, 8192), await card.MemoryAsync());
        var job = new FenceTimeline("test", "job", Host.Contexts.Next()).Next();
        (await ReferenceAsync(card, 0)).Reservation.Add(job, FenceUsage.Read);
        var exported = await card.PrimeHandleToFdAsync(b.Handle);
        Assert.Equal(new DrmMemory(Size + 4096, 4096, Size, 8192, 0), await card.MemoryAsync());
        await other.PrimeFdToHandleAsync(exported);
        Assert.Equal(new DrmMemory(4096, 4096, 0, 0, 0), await other.MemoryAsync());
        Host.Close(exported);

        var lines = (await card.FdInfoAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal("drm-driver:\tno-vblank", lines[0]);
        Assert.Matches("^drm-client-id:\t[0-9]+$", lines[1]);
        Assert.NotEqual(lines[1], (await other.FdInfoAsync()).Split('\n')[1]);
        Assert.Equal(
            ["drm-total-memory:\t260 KiB", "drm-shared-memory:\t4 KiB", "drm-active-memory:\t256 KiB", "drm-resident-memory:\t8 KiB", "drm-purgeable-memory:\t0"],
            lines[2..]);
        await card.CallAsync(new SetClientName("painter"));
        var named = await card.FdInfoAsync();
        Assert.Equal(string.Join("\n", [.. lines[..2], "drm-client-name:\tpainter", .. lines[2..], ""]), named);
        job.Signal(1);
    }

    [Fact]
    public async Task Advice_should_be_refused_where_it_means_nothing()
    {
        var card = await OpenAsync();
        await RefusedAsync(Errno.ENOENT, () => card.AdviseAsync(new GemHandle(9), isNeeded: true));
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" }, Time = TimeMode.Virtual });
        await using var real = await host.OpenAsync();
        var buffer = await real.CreateDumbAsync(32, 32);
        await RefusedAsync(Errno.EOPNOTSUPP, () => real.AdviseAsync(buffer.Handle, isNeeded: false));
    }

    private static async Task<DrmBuffer[]> FillAsync(DrmCard card)
    {
        var buffers = new DrmBuffer[4];
        for (var i = 0; i < buffers.Length; i++)
            buffers[i] = await card.CreateDumbAsync(Side, Side);
        return buffers;
    }

    private async Task<Actors.Protocol.GemReference> ReferenceAsync(DrmCard card, int index)
    {
        var objects = await Host.AskAsync(card.View.Device.Gem, new Actors.Protocol.ListObjects());
        return objects.Value!.Objects[index];
    }
}
