using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Handles that mix dma-bufs up are found. The dma-bufs are real, what the handles are said to stand for is not.</summary>
public sealed class BufferIdentityTests
{
    private static readonly GemHandle First = new(1);
    private static readonly GemHandle Second = new(2);

    [Fact]
    public async Task Another_handle_of_a_buffer_that_the_file_has_should_be_found()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Import(scene.One, First);
        scene.Import(scene.One, First);
        Watched.Violates<BuffersKeepTheirIdentity>(() => scene.Import(scene.One, Second));
    }

    [Fact]
    public async Task A_handle_that_was_closed_may_be_followed_by_any_other()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Import(scene.One, First);
        scene.Run.Call(0, Scene.File, new GemClose(First));
        scene.Import(scene.Other, First);
        scene.Import(scene.One, Second);
    }

    [Fact]
    public async Task One_handle_of_two_buffers_should_be_found()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Import(scene.One, First);
        Watched.Violates<BuffersKeepTheirIdentity>(() => scene.Import(scene.Other, First));
    }

    [Fact]
    public async Task An_export_of_another_buffer_should_be_found()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Export(First, scene.One);
        scene.Export(First, scene.One);
        scene.Export(Second, scene.Other);
        Watched.Violates<BuffersKeepTheirIdentity>(() => scene.Export(First, scene.Other));
    }

    [Fact]
    public async Task Handles_of_one_buffer_that_reach_different_memory_should_be_found()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Import(scene.One, First);
        scene.Map(First, offset: 4096, memory: 0);
        scene.Run.Call(0, Scene.File, new GemClose(First));
        scene.Import(scene.One, Second);
        Watched.Violates<BuffersKeepTheirIdentity>(() => scene.Map(Second, offset: 8192, memory: 4096));
    }

    [Fact]
    public async Task A_number_that_was_closed_meanwhile_should_prove_nothing()
    {
        await using var scene = await Scene.MakeAsync();
        scene.Import(scene.One, First);
        var import = scene.Run.Begin(0, Scene.File, new PrimeFdToHandle(scene.One));
        scene.Run.Call(1, 0, new CloseDescriptor(scene.One));
        scene.Run.End(import, Errno.None, new PrimeImported(Second));
    }

    /// <summary>A host with two buffers, and a run that is told by hand.</summary>
    private sealed record Scene(DrmHost Host, DrmCard Card, Watched Run, Descriptor One, Descriptor Other) : IAsyncDisposable
    {
        public const ulong File = 9;

        public static async Task<Scene> MakeAsync()
        {
            var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vgem" }, Time = TimeMode.Virtual });
            var card = await host.OpenAsync();
            var (one, other) = (await card.CreateDumbAsync(32, 32), await card.CreateDumbAsync(32, 32));
            var run = new Watched(new BuffersKeepTheirIdentity());
            run.Watch.DeviceOf(card.View.Device);
            return new Scene(host, card, run, await card.PrimeHandleToFdAsync(one.Handle), await card.PrimeHandleToFdAsync(other.Handle));
        }

        public void Import(Descriptor buffer, GemHandle handle) => Run.Call(0, File, new PrimeFdToHandle(buffer), new PrimeImported(handle));

        public void Export(GemHandle handle, Descriptor buffer) =>
            Run.Call(0, File, new PrimeHandleToFd(handle, PrimeFlags.None), new PrimeExported(buffer));

        public void Map(GemHandle handle, ulong offset, long memory)
        {
            Run.Call(0, File, new ModeMapDumb(handle), new MapOffset(offset));
            Run.Call(0, File, new Mmap(offset, 4096), new MmapRegion(1, memory, 4096, 1));
        }

        public async ValueTask DisposeAsync()
        {
            await Card.DisposeAsync();
            Host.Close(One);
            Host.Close(Other);
            await Host.DisposeAsync();
        }
    }
}
