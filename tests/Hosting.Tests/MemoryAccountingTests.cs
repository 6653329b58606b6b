using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What of a file's memory others have too, what is at work and what is there, as <c>fdinfo</c> tells it.</summary>
public sealed class MemoryAccountingTests : HostTest
{
    private const long Size = 4096;

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards[0] = "no-vblank";
        options.Boards.Add("vgem");
        options.Time = TimeMode.Manual;
    }

    [Fact]
    public async Task A_buffer_with_two_handles_should_be_shared_until_one_has_gone()
    {
        var (card, other) = (await OpenAsync(), await OpenAsync());
        var buffer = await card.CreateDumbAsync(32, 32);
        Assert.Equal(new DrmMemory(Size, 0, 0, 0, 0), await card.MemoryAsync());
        var name = (await card.CallAsync(new GemFlink(buffer.Handle))).Value!.Name;
        var handle = (await other.CallAsync(new GemOpen(name))).Value!.Handle;
        Assert.Equal(new DrmMemory(Size, Size, 0, 0, 0), await card.MemoryAsync());
        Assert.Equal(new DrmMemory(Size, Size, 0, 0, 0), await other.MemoryAsync());
        // Each handle counts.
        await card.CallAsync(new GemOpen(name));
        Assert.Equal(new DrmMemory(2 * Size, 2 * Size, 0, 0, 0), await card.MemoryAsync());
        await other.GemCloseAsync(handle);
        await buffer.DisposeAsync();
        Assert.Equal((new DrmMemory(Size, 0, 0, 0, 0), new DrmMemory(0, 0, 0, 0, 0)), (await card.MemoryAsync(), await other.MemoryAsync()));
    }

    [Fact]
    public async Task What_two_boards_have_should_be_shared_at_both()
    {
        var card = await OpenAsync();
        await using var maker = await Host.OpenAsync(1);
        var buffer = await maker.CreateDumbAsync(32, 32);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        await card.PrimeFdToHandleAsync(descriptor);
        Host.Close(descriptor);
        Assert.Equal(new DrmMemory(Size, Size, 0, 0, 0), await card.MemoryAsync());
        Assert.Equal(new DrmMemory(Size, Size, 0, 0, 0), await maker.MemoryAsync());
        // The maker's handle has gone, and the other is the only one.
        await buffer.DisposeAsync();
        Assert.Equal(new DrmMemory(Size, Size, 0, 0, 0), await card.MemoryAsync());
    }

    [Theory]
    [InlineData(nameof(FenceUsage.Kernel), Size)]
    [InlineData(nameof(FenceUsage.Write), Size)]
    [InlineData(nameof(FenceUsage.Read), Size)]
    [InlineData(nameof(FenceUsage.Bookkeep), 0)]
    public async Task What_is_read_or_written_should_be_active_and_not_what_only_has_to_stay(string usage, long active)
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(32, 32);
        using (var pixels = await buffer.MapAsync())
            pixels.Span.Fill(1);
        await card.AdviseAsync(buffer.Handle, isNeeded: false);
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);
        var job = new Fence("test", "job", Host.Contexts.Next(), sequence: 1);
        ((DmaBuf)Host.Descriptors.Find(descriptor)!).Reservation.Add(job, Enum.Parse<FenceUsage>(usage));

        Assert.Equal(new DrmMemory(Size, Size, active, Size, Size - active), await card.MemoryAsync());
        job.Signal(1);
        Assert.Equal(new DrmMemory(Size, Size, 0, Size, Size), await card.MemoryAsync());
        Host.Close(descriptor);
    }

    [Fact]
    public async Task A_buffer_that_crashed_should_be_there_and_hold_nothing()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(32, 32);
        using (var pixels = await buffer.MapAsync())
            pixels.Span.Fill(1);
        Assert.Equal(Size, (await card.MemoryAsync()).Resident);
        // The first is the console's.
        var id = (await Host.AskAsync(card.View.Device.Gem, new Actors.Protocol.ListObjects())).Value!.Objects[^1].Id;
        Assert.Equal(Errno.EIO, await Host.CrashAsync($"card0/gem/{id}"));

        await Soon(UntilAsync(async () => (await card.MemoryAsync()).Resident == 0));
        Assert.Equal(Size, (await card.MemoryAsync()).Total);
    }

    [Theory]
    [InlineData(512, 512, "1 MiB")]
    [InlineData(512, 768, "1536 KiB")]
    [InlineData(32, 32, "4 KiB")]
    public async Task Sizes_should_be_told_exactly_in_the_largest_unit(uint width, uint height, string text)
    {
        var card = await OpenAsync();
        await card.CreateDumbAsync(width, height);
        Assert.Contains($"drm-total-memory:\t{text}\n", await card.FdInfoAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_open_should_have_an_id_of_its_own_on_all_cards()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            await using var second = await Host.OpenAsync(1);
            Assert.True(ids.Add((await (await OpenAsync()).FdInfoAsync()).Split('\n')[1]));
            Assert.True(ids.Add((await second.FdInfoAsync()).Split('\n')[1]));
        }
    }
}
