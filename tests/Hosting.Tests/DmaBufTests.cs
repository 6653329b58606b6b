using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What can be done with the descriptor of a dma-buf.</summary>
public sealed class DmaBufTests : HostTest
{
    private const DmaBufSyncFlags Both = DmaBufSyncFlags.Read | DmaBufSyncFlags.Write;
    private const ulong Size = 64 * 64 * 4;
    private const ulong Page = 4096;

    [Fact]
    public async Task Mapping_should_show_the_memory_from_any_page_on()
    {
        var (buffer, descriptor) = await ExportAsync();
        using var there = await buffer.MapAsync();
        there.Span[(int)Page + 3] = 0x33;

        using (var all = Host.Mmap(descriptor, 0, Size))
            Assert.Equal(0x33, all.Span[(int)Page + 3]);
        using (var second = Host.Mmap(descriptor, Page, Page))
        {
            Assert.Equal((int)Page, second.Length);
            second.Span[4] = 0x44;
        }

        Assert.Equal(0x44, there.Span[(int)Page + 4]);
        Host.Close(descriptor);
    }

    [Theory]
    [InlineData(0, Size + 1)]
    [InlineData(0, Size + Page)]
    [InlineData(Page, Size)]
    [InlineData(Size, 1)]
    [InlineData(Size + Page, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(ulong.MaxValue - Page + 1, Page)]
    [InlineData(Page, ulong.MaxValue - Page + 1)]
    public async Task Mapping_beyond_the_end_should_be_refused(ulong offset, ulong length)
    {
        var (_, descriptor) = await ExportAsync();
        Assert.Equal(Errno.EINVAL, Refused(() => Host.Mmap(descriptor, offset, length)));
        Host.Close(descriptor);
    }

    [Fact]
    public async Task The_first_exports_access_mode_should_stay()
    {
        var (buffer, descriptor) = await ExportAsync(PrimeFlags.None);
        var second = await Card.PrimeHandleToFdAsync(buffer.Handle, PrimeFlags.ReadWrite);

        Assert.Equal(Errno.EACCES, Refused(() => Host.Mmap(second, 0, Size)));
        using (var reading = Host.Mmap(second, 0, Size, writable: false))
        {
            Assert.Equal(0, reading.ReadOnlySpan[0]);
            Assert.Throws<InvalidOperationException>(() => reading.Span.Length);
        }

        Host.Close(descriptor);
        Host.Close(second);
        // Also when no descriptor is left, as long as there is a handle.
        var third = await Card.PrimeHandleToFdAsync(buffer.Handle, PrimeFlags.ReadWrite);
        Assert.Equal(Errno.EACCES, Refused(() => Host.Mmap(third, 0, Size)));
        Host.Close(third);
    }

    [Fact]
    public async Task A_private_mapping_should_be_refused_after_its_place()
    {
        var (_, descriptor) = await ExportAsync(PrimeFlags.None);
        var buffer = (DmaBuf)Host.Descriptors.Find(descriptor)!;
        Assert.Equal(Errno.EINVAL, buffer.CheckMmap(0, Size, writes: true, isPrivate: true));
        Assert.Equal(Errno.EACCES, buffer.CheckMmap(0, Size + Page, writes: true));
        Host.Close(descriptor);
    }

    [Fact]
    public async Task A_mapping_should_keep_the_memory()
    {
        var idle = Host.Usage;
        var (buffer, descriptor) = await ExportAsync();
        using (var mapping = Host.Mmap(descriptor, 0, Size))
        {
            Host.Close(descriptor);
            await buffer.DisposeAsync();
            mapping.Span.Fill(1);
            Assert.Equal(idle.Objects + 1, Host.Usage.Objects);
        }

        await BecomesAsync(() => Host.Usage == idle);
    }

    [Fact]
    public async Task Seeking_should_tell_the_size_and_nothing_else()
    {
        var (_, descriptor) = await ExportAsync();
        Assert.Equal((long)Size, Host.Seek(descriptor, 0, SeekOrigin.End));
        Assert.Equal(0, Host.Seek(descriptor, 0, SeekOrigin.Begin));
        Assert.Equal(Errno.EINVAL, Refused(() => Host.Seek(descriptor, 0, SeekOrigin.Current)));
        Assert.Equal(Errno.EINVAL, Refused(() => Host.Seek(descriptor, 1, SeekOrigin.Begin)));
        Assert.Equal(Errno.EINVAL, Refused(() => Host.Seek(descriptor, -1, SeekOrigin.End)));
        Host.Close(descriptor);
        Assert.Equal(Errno.EBADF, Refused(() => Host.Seek(descriptor, 0, SeekOrigin.End)));
    }

    [Fact]
    public async Task Fdinfo_should_tell_size_count_exporter_and_name()
    {
        var (_, descriptor) = await ExportAsync();
        // The descriptor, and the object itself while it has a handle.
        Assert.Equal($"size:\t{Size}\ncount:\t2\nexp_name:\tdrm\n", Host.FdInfoOf(descriptor));
        var copy = Host.Duplicate(descriptor);
        await Host.SetNameAsync(copy, "scan-out");
        Assert.Equal($"size:\t{Size}\ncount:\t3\nexp_name:\tdrm\nname:\tscan-out\n", Host.FdInfoOf(descriptor));
        Host.Close(descriptor);
        Host.Close(copy);
    }

    [Theory]
    [InlineData(DmaBufSyncFlags.None, Errno.EINVAL)]
    [InlineData(DmaBufSyncFlags.End, Errno.EINVAL)]
    [InlineData((DmaBufSyncFlags)8 | DmaBufSyncFlags.Read, Errno.EINVAL)]
    [InlineData((DmaBufSyncFlags)(1ul << 63) | DmaBufSyncFlags.Read, Errno.EINVAL)]
    [InlineData(DmaBufSyncFlags.Read, Errno.None)]
    [InlineData(DmaBufSyncFlags.Write, Errno.None)]
    [InlineData(Both, Errno.None)]
    [InlineData(Both | DmaBufSyncFlags.End, Errno.None)]
    public async Task Sync_should_refuse_what_means_nothing(DmaBufSyncFlags flags, Errno expected)
    {
        var (_, descriptor) = await ExportAsync();
        Assert.Equal(expected, (await Soon(Host.CallAsync(descriptor, new DmaBufSync(flags)))).Errno);
        Host.Close(descriptor);
        Assert.Equal(Errno.EBADF, (await Soon(Host.CallAsync(descriptor, new DmaBufSync(flags)))).Errno);
    }

    [Theory]
    // A reader waits for writers, a writer for both, and nobody for what only keeps the memory.
    [InlineData(nameof(FenceUsage.Kernel), DmaBufSyncFlags.Read, true)]
    [InlineData(nameof(FenceUsage.Write), DmaBufSyncFlags.Read, true)]
    [InlineData(nameof(FenceUsage.Read), DmaBufSyncFlags.Read, false)]
    [InlineData(nameof(FenceUsage.Read), DmaBufSyncFlags.Write, true)]
    [InlineData(nameof(FenceUsage.Read), Both, true)]
    [InlineData(nameof(FenceUsage.Bookkeep), Both, false)]
    public async Task Sync_and_poll_should_wait_for_the_uses_that_matter(string usage, DmaBufSyncFlags flags, bool waits)
    {
        var (_, descriptor) = await ExportAsync();
        var fence = new Fence("test", "uses", Host.Contexts.Next(), 1);
        ((DmaBuf)Host.Descriptors.Find(descriptor)!).Reservation.Add(fence, Enum.Parse<FenceUsage>(usage));
        var (readable, writable) = Host.Poll(descriptor);
        Assert.Equal(!waits, flags.HasFlag(DmaBufSyncFlags.Write) ? writable : readable);

        var begins = Host.SyncAsync(descriptor, flags);
        // The end never waits; and it is behind the beginning in the same queue.
        await Soon(Host.SyncAsync(descriptor, flags | DmaBufSyncFlags.End));
        if (!waits)
            await Soon(begins);
        Assert.Equal(!waits, begins.IsCompleted);
        fence.Signal(time: 1);
        await Soon(begins);
        Assert.Equal((true, true), Host.Poll(descriptor));
        Host.Close(descriptor);
    }

    [Fact]
    public async Task A_wait_that_nobody_wants_any_more_should_leave_nothing()
    {
        var (_, descriptor) = await ExportAsync();
        var fence = new Fence("test", "uses", Host.Contexts.Next(), 1);
        ((DmaBuf)Host.Descriptors.Find(descriptor)!).Reservation.Add(fence, FenceUsage.Write);
        using var given = new CancellationTokenSource();
        var waiting = Host.SyncAsync(descriptor, Both, given.Token);
        await Soon(Host.SyncAsync(descriptor, Both | DmaBufSyncFlags.End));
        Assert.True(fence.HasWaiters);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(waiting));
        Assert.False(fence.HasWaiters);
        Host.Close(descriptor);
    }

    [Fact]
    public async Task Sync_files_should_carry_the_fences_from_one_buffer_to_another()
    {
        var (_, one) = await ExportAsync();
        var (_, other) = await ExportAsync();
        var fence = new Fence("test", "uses", Host.Contexts.Next(), 1);
        ((DmaBuf)Host.Descriptors.Find(one)!).Reservation.Add(fence, FenceUsage.Read);

        var forReaders = await Soon(Host.ExportSyncFileAsync(one, DmaBufSyncFlags.Read));
        var forWriters = await Soon(Host.ExportSyncFileAsync(one, Both));
        Assert.True(await Soon(Host.WaitAsync(forReaders)));
        await Soon(Host.ImportSyncFileAsync(other, DmaBufSyncFlags.Write, forWriters));

        Assert.Equal((false, false), Host.Poll(other));
        fence.Signal(time: 1);
        Assert.Equal((true, true), Host.Poll(other));
        foreach (var descriptor in new[] { one, other, forReaders, forWriters })
            Host.Close(descriptor);
    }

    [Fact]
    public async Task A_reader_that_a_sync_file_stands_for_should_keep_writers_only()
    {
        var (_, descriptor) = await ExportAsync();
        var fence = new Fence("test", "uses", Host.Contexts.Next(), 1);
        var file = Host.Descriptors.Add(new SyncFile(fence, Host.Descriptors, Host.Contexts));
        await Soon(Host.ImportSyncFileAsync(descriptor, DmaBufSyncFlags.Read, file));
        Assert.Equal((true, false), Host.Poll(descriptor));
        fence.Signal(time: 1);
        Assert.Equal((true, true), Host.Poll(descriptor));
        Host.Close(file);
        Host.Close(descriptor);
    }

    [Fact]
    public async Task A_signal_to_a_process_should_end_its_own_wait_and_leave_nothing()
    {
        var (_, descriptor) = await ExportAsync();
        var fence = new Fence("test", "uses", Host.Contexts.Next(), 1);
        ((DmaBuf)Host.Descriptors.Find(descriptor)!).Reservation.Add(fence, FenceUsage.Write);
        var desk = Host.Desk;
        var (mine, other) = (new Caller(Host.System), new Caller(Host.System));
        foreach (var caller in (Caller[])[mine, other])
            desk.Tell(new DescriptorCall<Done>(descriptor, new DmaBufSync(Both)), caller.Ref);

        desk.Tell(InterruptCall.Instance, mine.Ref);

        Assert.Equal(Errno.EINTR, ((Reply<Done>)await Soon(mine.Answer)).Errno);
        Assert.False(other.Answer.IsCompleted);
        fence.Signal(time: 1);
        Assert.Equal(Errno.None, ((Reply<Done>)await Soon(other.Answer)).Errno);
        Host.Close(descriptor);
    }

    [Fact]
    public async Task Sync_files_should_be_refused_for_what_they_are_not()
    {
        var (_, descriptor) = await ExportAsync();
        var foreign = Host.Descriptors.Add(new ForeignFile());
        foreach (var flags in new[] { DmaBufSyncFlags.None, DmaBufSyncFlags.End | Both, (DmaBufSyncFlags)8 })
        {
            await RefusedAsync(Errno.EINVAL, () => Host.ExportSyncFileAsync(descriptor, flags));
            await RefusedAsync(Errno.EINVAL, () => Host.ImportSyncFileAsync(descriptor, flags, descriptor));
        }

        await RefusedAsync(Errno.EINVAL, () => Host.ImportSyncFileAsync(descriptor, Both, descriptor));
        await RefusedAsync(Errno.EINVAL, () => Host.ImportSyncFileAsync(descriptor, Both, Descriptor.None));
        await RefusedAsync(Errno.EINVAL, () => Host.ImportSyncFileAsync(descriptor, Both, foreign));
        await RefusedAsync(Errno.ENOTTY, () => Host.SetNameAsync(foreign, "none"));
        Assert.Equal(Errno.ENOTTY, (await Soon(Host.CallAsync(descriptor, new GetSyncFileInfo(0)))).Errno);
        Host.Close(descriptor);
        Host.Close(foreign);
    }

    private sealed class Caller
    {
        private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Caller(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Once(_answer)));

        public IActorRef Ref { get; }

        public Task<object> Answer => _answer.Task;

        private sealed class Once(TaskCompletionSource<object> answer) : UntypedActor
        {
            protected override void OnReceive(object message) => answer.TrySetResult(message);
        }
    }

    private DrmCard Card { get; set; } = null!;

    private async Task<(DrmBuffer Buffer, Descriptor Descriptor)> ExportAsync(PrimeFlags flags = PrimeFlags.ReadWrite)
    {
        Card ??= await OpenAsync();
        var buffer = await Card.CreateDumbAsync(64, 64);
        return (buffer, await Card.PrimeHandleToFdAsync(buffer.Handle, flags));
    }

    private static Errno Refused<T>(Func<T> call) => Assert.Throws<DrmException>(() => call()).Errno;

    private static async Task BecomesAsync(Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + 20_000; !condition() && Environment.TickCount64 < deadline;)
            await Task.Yield();
        Assert.True(condition());
    }
}
