using DrmActors.Actors.Descriptors;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Handles, descriptors and what they stand for, on one device.</summary>
public sealed class PrimeTests : HostTest
{
    private const PrimeFlags Every = PrimeFlags.ReadWrite | PrimeFlags.CloseOnExec;

    [Fact]
    public async Task Card_should_say_that_it_exports_and_imports() =>
        Assert.Equal(3ul, await (await OpenAsync()).GetCapAsync(Capability.Prime));

    [Fact]
    public async Task Exporting_twice_should_give_two_descriptors_of_one_buffer()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);

        var first = await card.PrimeHandleToFdAsync(buffer.Handle);
        var second = await card.PrimeHandleToFdAsync(buffer.Handle, PrimeFlags.None);

        Assert.NotEqual(first, second);
        Assert.Same(Host.Descriptors.Find(first), Host.Descriptors.Find(second));
        Host.Close(first);
        Host.Close(second);
    }

    [Fact]
    public async Task Export_should_refuse_what_the_kernel_refuses()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);

        await RefusedAsync(Errno.EINVAL, () => card.PrimeHandleToFdAsync(buffer.Handle, (PrimeFlags)0x40));
        // The flags come first.
        await RefusedAsync(Errno.EINVAL, () => card.PrimeHandleToFdAsync(new(555), (PrimeFlags)0x40));
        await RefusedAsync(Errno.ENOENT, () => card.PrimeHandleToFdAsync(new(555)));
        await RefusedAsync(Errno.ENOENT, () => card.PrimeHandleToFdAsync(default));
        await buffer.DisposeAsync();
        await RefusedAsync(Errno.ENOENT, () => card.PrimeHandleToFdAsync(buffer.Handle));
        Assert.Equal(0, Host.Descriptors.Count);
    }

    [Fact]
    public async Task Import_should_refuse_what_is_no_open_dma_buf()
    {
        var card = await OpenAsync();
        var foreign = Host.Descriptors.Add(new ForeignFile());

        await RefusedAsync(Errno.EINVAL, () => card.PrimeFdToHandleAsync(foreign));
        Host.Close(foreign);
        await RefusedAsync(Errno.EBADF, () => card.PrimeFdToHandleAsync(foreign));
        await RefusedAsync(Errno.EBADF, () => card.PrimeFdToHandleAsync(Descriptor.None));
        await RefusedAsync(Errno.EBADF, () => card.PrimeFdToHandleAsync(new(int.MaxValue)));
        // What was set aside for the import is free again.
        Assert.Equal(new GemHandle(1), (await card.CreateDumbAsync(64, 64)).Handle);
    }

    [Fact]
    public async Task Importing_ones_own_export_should_give_the_same_handle()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);

        Assert.Equal(buffer.Handle, await card.PrimeFdToHandleAsync(descriptor));
        // One handle, so one close.
        await card.GemCloseAsync(buffer.Handle);
        await RefusedAsync(Errno.EINVAL, () => card.GemCloseAsync(buffer.Handle));
        Host.Close(descriptor);
    }

    [Fact]
    public async Task Importing_twice_should_give_the_same_handle_of_the_same_memory()
    {
        var maker = await OpenAsync();
        var other = await OpenAsync();
        await other.CreateDumbAsync(16, 16);
        var buffer = await maker.CreateDumbAsync(64, 64);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);

        var handle = await other.PrimeFdToHandleAsync(descriptor);

        Assert.Equal(new GemHandle(2), handle);
        Assert.Equal(handle, await other.PrimeFdToHandleAsync(descriptor));
        using var here = await buffer.MapAsync();
        using var there = await other.MapAsync(handle, buffer.Size);
        here.Span[5] = 0x5a;
        Assert.Equal(0x5a, there.Span[5]);
        // Exported again, it is the same dma-buf.
        var again = await other.PrimeHandleToFdAsync(handle);
        Assert.Same(Host.Descriptors.Find(descriptor), Host.Descriptors.Find(again));
        Host.Close(descriptor);
        Host.Close(again);
    }

    [Fact]
    public async Task A_handle_that_was_closed_should_not_be_found_again()
    {
        var maker = await OpenAsync();
        var other = await OpenAsync();
        var buffer = await maker.CreateDumbAsync(64, 64);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        var handle = await other.PrimeFdToHandleAsync(descriptor);

        await other.GemCloseAsync(handle);
        var another = await other.CreateDumbAsync(64, 64);
        Assert.Equal(handle, another.Handle);
        Assert.Equal(new GemHandle(2), await other.PrimeFdToHandleAsync(descriptor));
        Host.Close(descriptor);
    }

    [Fact]
    public async Task A_handle_by_name_should_be_another_than_the_one_that_an_import_gives()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);
        var named = (await Do(card.CallAsync(new GemFlink(buffer.Handle)))).Name;
        var second = (await Do(card.CallAsync(new GemOpen(named)))).Handle;
        var exported = await card.PrimeHandleToFdAsync(second);

        Assert.Same(Host.Descriptors.Find(descriptor), Host.Descriptors.Find(exported));
        Assert.Equal(buffer.Handle, await card.PrimeFdToHandleAsync(exported));
        await card.GemCloseAsync(buffer.Handle);
        Assert.Equal(second, await card.PrimeFdToHandleAsync(descriptor));
        Host.Close(descriptor);
        Host.Close(exported);
    }

    [Fact]
    public async Task A_dma_buf_should_outlive_its_handles_and_its_file()
    {
        var maker = await OpenAsync();
        var buffer = await maker.CreateDumbAsync(64, 64);
        using (var mapping = await buffer.MapAsync())
            mapping.Span[7] = 0x77;
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        await buffer.DisposeAsync();
        var known = Host.Descriptors.Find(descriptor);
        await maker.DisposeAsync();

        var other = await OpenAsync();
        var handle = await other.PrimeFdToHandleAsync(descriptor);
        using var there = await other.MapAsync(handle, buffer.Size);
        Assert.Equal(0x77, there.Span[7]);
        // The object is the same, and so is what it is exported as.
        var again = await other.PrimeHandleToFdAsync(handle);
        Assert.Same(known, Host.Descriptors.Find(again));
        Host.Close(descriptor);
        Host.Close(again);
    }

    [Fact]
    public async Task A_dma_buf_should_stay_the_same_while_there_is_a_handle()
    {
        var card = await OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);
        var first = await card.PrimeHandleToFdAsync(buffer.Handle, PrimeFlags.None);
        var known = Host.Descriptors.Find(first);
        Host.Close(first);

        var second = await card.PrimeHandleToFdAsync(buffer.Handle, Every);
        Assert.Same(known, Host.Descriptors.Find(second));
        Host.Close(second);
        await buffer.DisposeAsync();

        // Another buffer begins anew.
        var next = await card.CreateDumbAsync(64, 64);
        var third = await card.PrimeHandleToFdAsync(next.Handle);
        Assert.NotSame(known, Host.Descriptors.Find(third));
        Host.Close(third);
    }

    [Fact]
    public async Task The_last_descriptor_should_give_the_memory_back()
    {
        var card = await OpenAsync();
        var idle = Host.Usage;
        var buffer = await card.CreateDumbAsync(64, 64);
        var descriptor = await card.PrimeHandleToFdAsync(buffer.Handle);
        var copy = Host.Duplicate(descriptor);
        await buffer.DisposeAsync();
        Host.Close(descriptor);
        Assert.Equal(idle.Objects + 1, Host.Usage.Objects);

        Host.Close(copy);
        for (var deadline = Environment.TickCount64 + 20_000; Host.Usage != idle && Environment.TickCount64 < deadline;)
            await Task.Yield();
        Assert.Equal(idle, Host.Usage);
    }

    [Fact]
    public async Task The_last_handle_should_give_the_memory_back_before_it_is_answered()
    {
        var card = await OpenAsync();
        var idle = Host.Usage;
        var buffer = await card.CreateDumbAsync(64, 64);
        Host.Close(await card.PrimeHandleToFdAsync(buffer.Handle));

        await buffer.DisposeAsync();

        Assert.Equal(idle, Host.Usage);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Many_clients_at_once_should_agree_on_what_is_what(int seed)
    {
        const int Clients = 4;
        const int Rounds = 150;
        var maker = await OpenAsync();
        var buffers = new List<DrmBuffer>();
        for (var i = 0; i < 3; i++)
            buffers.Add(await maker.CreateDumbAsync(64, 64));
        var descriptors = await Task.WhenAll(buffers.Select(b => maker.PrimeHandleToFdAsync(b.Handle)));
        var clients = Enumerable.Range(0, Clients).Select(index => Task.Run(async () =>
        {
            var random = new Random((seed * Clients) + index);
            var card = await Host.OpenAsync();
            for (var round = 0; round < Rounds; round++)
            {
                var which = descriptors[random.Next(descriptors.Length)];
                // Two threads of one client: they get one handle.
                var handles = await Task.WhenAll(card.PrimeFdToHandleAsync(which), card.PrimeFdToHandleAsync(which));
                Assert.Equal(handles[0], handles[1]);
                var out1 = await card.PrimeHandleToFdAsync(handles[0]);
                Assert.Same(Host.Descriptors.Find(which), Host.Descriptors.Find(out1));
                Host.Close(out1);
                if (random.Next(2) == 0)
                    await card.GemCloseAsync(handles[0]);
            }

            if (random.Next(2) == 0)
                await card.DisposeAsync();
            else
                Host.System.Stop(card.File);
            await card.DisposeAsync();
        }));

        await Soon(Task.WhenAll(clients));
        foreach (var descriptor in descriptors)
            Host.Close(descriptor);
    }

    [Fact]
    public async Task A_killed_client_should_leave_no_hold_on_what_it_imported()
    {
        var maker = await OpenAsync();
        var other = await Host.OpenAsync();
        var buffer = await maker.CreateDumbAsync(64, 64);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        await other.PrimeFdToHandleAsync(descriptor);
        Host.Close(descriptor);

        Host.System.Stop(other.File);
        await buffer.DisposeAsync();
        await other.DisposeAsync();
    }

    private static async Task<T> Do<T>(Task<Reply<T>> call)
        where T : class
    {
        var reply = await Soon(call);
        Assert.Equal(Errno.None, reply.Errno);
        return reply.Value!;
    }
}
