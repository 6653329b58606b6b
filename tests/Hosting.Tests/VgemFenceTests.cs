using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Fences that are attached to buffers by hand, as the vgem driver has them; and who waits for them.</summary>
public sealed class VgemFenceTests : HostTest
{
    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Add("vgem");
        options.Time = TimeMode.Manual;
    }

    [Fact]
    public async Task A_written_buffer_should_be_neither_readable_nor_writable_and_a_read_one_readable()
    {
        await using var render = await Host.OpenAsync(1);
        var buffer = await render.CreateDumbAsync(32, 32);
        var file = await render.PrimeHandleToFdAsync(buffer.Handle);
        Assert.Equal((true, true), Host.Poll(file));

        var write = await render.AttachFenceAsync(buffer.Handle, isWrite: true);
        Assert.Equal((false, false), Host.Poll(file));
        await render.SignalFenceAsync(write);
        Assert.Equal((true, true), Host.Poll(file));

        var read = await render.AttachFenceAsync(buffer.Handle, isWrite: false);
        Assert.Equal((true, false), Host.Poll(file));
        await render.SignalFenceAsync(read);
        Assert.Equal((true, true), Host.Poll(file));
        Assert.Equal((1u, 2u), (write, read));
        Host.Close(file);
    }

    [Fact]
    public async Task Uses_that_would_have_to_wait_for_each_other_should_be_EBUSY()
    {
        await using var render = await Host.OpenAsync(1);
        var buffer = await render.CreateDumbAsync(32, 32);
        var reads = new List<uint>();
        for (var i = 0; i < 3; i++)
            reads.Add(await render.AttachFenceAsync(buffer.Handle, isWrite: false));
        await RefusedAsync(Errno.EBUSY, () => render.AttachFenceAsync(buffer.Handle, isWrite: true));
        foreach (var read in reads)
            await render.SignalFenceAsync(read);

        var write = await render.AttachFenceAsync(buffer.Handle, isWrite: true);
        await RefusedAsync(Errno.EBUSY, () => render.AttachFenceAsync(buffer.Handle, isWrite: true));
        await RefusedAsync(Errno.EBUSY, () => render.AttachFenceAsync(buffer.Handle, isWrite: false));
        await render.SignalFenceAsync(write);
        // What was refused took no number.
        Assert.Equal([1u, 2, 3, 4, 5], (uint[])[.. reads, write, await render.AttachFenceAsync(buffer.Handle, isWrite: true)]);
    }

    [Fact]
    public async Task Bad_fields_should_be_refused_in_the_kernels_order()
    {
        await using var render = await Host.OpenAsync(1);
        await using var other = await Host.OpenAsync(1);
        var screen = await OpenAsync();
        var buffer = await render.CreateDumbAsync(32, 32);
        var fence = await render.AttachFenceAsync(buffer.Handle, isWrite: true);
        foreach (var (card, call, errno) in ((DrmCard, IIoctl<VgemFenceAttached>, Errno)[])
            [
                (render, new VgemFenceAttach(new(99), Flags: 2), Errno.EINVAL),
                (render, new VgemFenceAttach(new(99), Flags: 0, Pad: 1), Errno.EINVAL),
                (render, new VgemFenceAttach(new(99), Flags: 0), Errno.ENOENT),
                (render, new VgemFenceAttach(default, Flags: 0), Errno.ENOENT),
                (other, new VgemFenceAttach(buffer.Handle, Flags: 0), Errno.ENOENT),
                (screen, new VgemFenceAttach(default, Flags: 0), Errno.EINVAL),
            ])
            Assert.Equal(errno, (await card.CallAsync(call)).Errno);
        foreach (var (card, call, errno) in ((DrmCard, IIoctl<Done>, Errno)[])
            [
                (render, new VgemFenceSignal(99, Flags: 1), Errno.EINVAL),
                (render, new VgemFenceSignal(99), Errno.ENOENT),
                (render, new VgemFenceSignal(0), Errno.ENOENT),
                (other, new VgemFenceSignal(fence), Errno.ENOENT),
                (screen, new VgemFenceSignal(fence), Errno.EINVAL),
                (render, new VgemFenceSignal(fence), Errno.None),
                (render, new VgemFenceSignal(fence), Errno.ENOENT),
            ])
            Assert.Equal(errno, (await card.CallAsync(call)).Errno);
    }

    [Fact]
    public async Task A_fence_should_be_signalled_after_ten_seconds_and_not_before()
    {
        await using var render = await Host.OpenAsync(1);
        var buffer = await render.CreateDumbAsync(32, 32);
        var file = await render.PrimeHandleToFdAsync(buffer.Handle);
        var fence = await render.AttachFenceAsync(buffer.Handle, isWrite: true);
        var waiting = Host.SyncAsync(file, DmaBufSyncFlags.Read);

        Host.AdvanceTime(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), Host.Poll(file));
        Assert.False(waiting.IsCompleted);
        Host.AdvanceTime(TimeSpan.FromTicks(1));
        await Soon(waiting);
        Assert.Equal((true, true), Host.Poll(file));

        await RefusedAsync(Errno.ETIMEDOUT, () => render.SignalFenceAsync(fence));
        await RefusedAsync(Errno.ENOENT, () => render.SignalFenceAsync(fence));
        Host.Close(file);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_ends_should_leave_nobody_waiting(bool isCrash)
    {
        var render = await Host.OpenAsync(1);
        var buffer = await render.CreateDumbAsync(32, 32);
        var file = await render.PrimeHandleToFdAsync(buffer.Handle);
        await render.AttachFenceAsync(buffer.Handle, isWrite: true);
        var waiting = Host.SyncAsync(file, DmaBufSyncFlags.Read);

        if (isCrash)
            Assert.Equal(Errno.EIO, await Host.CrashAsync($"card1/file-{render.View.Id}"));
        await render.DisposeAsync();

        await Soon(waiting);
        Host.Close(file);
    }

    [Fact]
    public async Task Who_imports_the_buffer_should_wait_as_well()
    {
        await using var render = await Host.OpenAsync(1);
        var screen = await OpenAsync();
        var buffer = await render.CreateDumbAsync(32, 32);
        var file = await render.PrimeHandleToFdAsync(buffer.Handle);
        var again = await screen.PrimeHandleToFdAsync(await screen.PrimeFdToHandleAsync(file));
        var fence = await render.AttachFenceAsync(buffer.Handle, isWrite: true);

        Assert.Equal((false, false), Host.Poll(again));
        var syncFile = await Host.ExportSyncFileAsync(again, DmaBufSyncFlags.Read);
        var told = Assert.Single((await Host.GetSyncFencesAsync(syncFile)).ToList());
        Assert.Equal(("vgem", "unbound"), (told.Driver, told.Timeline));
        await render.SignalFenceAsync(fence);
        Assert.Equal((true, true), Host.Poll(again));
        foreach (var descriptor in (Descriptor[])[file, again, syncFile])
            Host.Close(descriptor);
    }
}
